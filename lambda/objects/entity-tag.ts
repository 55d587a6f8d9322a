import { hash } from 'node:crypto';

/** Changes with the content, and with nothing else, as S3's do. */
export const entityTag = (body: Uint8Array): string => hash('sha256', body, 'hex');
