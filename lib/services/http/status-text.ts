import { STATUS_CODES } from 'node:http';

/** `Not Found` for 404. */
export const statusText = (status: number): string => STATUS_CODES[status] ?? '';
