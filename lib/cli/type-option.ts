import { Option } from 'commander';

/** `--type`: the workflow type of a definition in a file. */
export const typeOption = (): Option =>
  new Option('--type <type>', 'type of the workflow in a file (default: STANDARD)').choices(['STANDARD', 'EXPRESS']);
