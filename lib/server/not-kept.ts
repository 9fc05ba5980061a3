import type { Cloud } from '../cloud/cloud';

/** What a resource holds that no state file keeps, by its type in templates. */
const HOLDERS: Readonly<Record<string, string>> = { 'AWS::SQS::Queue': 'queue', 'AWS::S3::Bucket': 'bucket' };

/** The resources of a cloud that hold something which is gone with the server, in words. */
export const notKept = ({ tables, resources }: Cloud): readonly string[] => [
  ...tables.map(({ name }) => `table ${name}`),
  ...resources.flatMap(({ type, name, logicalId }) =>
    Object.hasOwn(HOLDERS, type) ? [`${HOLDERS[type]} ${name ?? logicalId}`] : [],
  ),
];
