import type { StructureType } from '../parameter-types';

const BUCKET = { Bucket: 'STRING', ExpectedBucketOwner: 'STRING' } as const;
const OBJECT = { ...BUCKET, Key: 'STRING', RequestPayer: 'STRING' } as const;
const CUSTOMER_KEY = { SSECustomerAlgorithm: 'STRING', SSECustomerKey: 'STRING', SSECustomerKeyMD5: 'STRING' } as const;
const CHECKSUMS = {
  ChecksumAlgorithm: 'STRING',
  ChecksumCRC32: 'STRING',
  ChecksumCRC32C: 'STRING',
  ChecksumCRC64NVME: 'STRING',
  ChecksumSHA1: 'STRING',
  ChecksumSHA256: 'STRING',
} as const;
const READ: StructureType['fields'] = {
  ...OBJECT,
  ...CUSTOMER_KEY,
  ChecksumMode: 'STRING',
  IfMatch: 'STRING',
  IfModifiedSince: 'STRING',
  IfNoneMatch: 'STRING',
  IfUnmodifiedSince: 'STRING',
  PartNumber: 'NUMBER',
  Range: 'STRING',
  ResponseCacheControl: 'STRING',
  ResponseContentDisposition: 'STRING',
  ResponseContentEncoding: 'STRING',
  ResponseContentLanguage: 'STRING',
  ResponseContentType: 'STRING',
  ResponseExpires: 'STRING',
  VersionId: 'STRING',
};
const WRITTEN: StructureType['fields'] = {
  ...OBJECT,
  ...CUSTOMER_KEY,
  ACL: 'STRING',
  BucketKeyEnabled: 'BOOLEAN',
  CacheControl: 'STRING',
  ContentDisposition: 'STRING',
  ContentEncoding: 'STRING',
  ContentLanguage: 'STRING',
  ContentType: 'STRING',
  Expires: 'STRING',
  GrantFullControl: 'STRING',
  GrantRead: 'STRING',
  GrantReadACP: 'STRING',
  GrantWriteACP: 'STRING',
  IfMatch: 'STRING',
  IfNoneMatch: 'STRING',
  Metadata: { map: 'STRING' },
  ObjectLockLegalHoldStatus: 'STRING',
  ObjectLockMode: 'STRING',
  ObjectLockRetainUntilDate: 'STRING',
  SSEKMSEncryptionContext: 'STRING',
  SSEKMSKeyId: 'STRING',
  ServerSideEncryption: 'STRING',
  StorageClass: 'STRING',
  Tagging: 'STRING',
  WebsiteRedirectLocation: 'STRING',
};
const LISTED: StructureType['fields'] = {
  ...BUCKET,
  Delimiter: 'STRING',
  EncodingType: 'STRING',
  MaxKeys: 'NUMBER',
  OptionalObjectAttributes: { list: 'STRING' },
  Prefix: 'STRING',
  RequestPayer: 'STRING',
};

/** By action. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
export const S3_PARAMETERS = {
  getObject: { fields: READ, required: ['Bucket', 'Key'] },
  headObject: { fields: READ, required: ['Bucket', 'Key'] },
  putObject: {
    fields: { ...WRITTEN, ...CHECKSUMS, Body: 'JSON', ContentLength: 'NUMBER', ContentMD5: 'STRING', WriteOffsetBytes: 'NUMBER' },
    required: ['Bucket', 'Key'],
  },
  deleteObject: {
    fields: {
      ...OBJECT,
      BypassGovernanceRetention: 'BOOLEAN',
      IfMatch: 'STRING',
      IfMatchLastModifiedTime: 'STRING',
      IfMatchSize: 'NUMBER',
      MFA: 'STRING',
      VersionId: 'STRING',
    },
    required: ['Bucket', 'Key'],
  },
  deleteObjects: {
    fields: {
      ...BUCKET,
      BypassGovernanceRetention: 'BOOLEAN',
      ChecksumAlgorithm: 'STRING',
      Delete: {
        fields: {
          Objects: {
            list: {
              fields: { Key: 'STRING', VersionId: 'STRING', ETag: 'STRING', LastModifiedTime: 'STRING', Size: 'NUMBER' },
              required: ['Key'],
            },
          },
          Quiet: 'BOOLEAN',
        },
        required: ['Objects'],
      },
      MFA: 'STRING',
      RequestPayer: 'STRING',
    },
    required: ['Bucket', 'Delete'],
  },
  copyObject: {
    fields: {
      ...WRITTEN,
      ChecksumAlgorithm: 'STRING',
      CopySource: 'STRING',
      CopySourceIfMatch: 'STRING',
      CopySourceIfModifiedSince: 'STRING',
      CopySourceIfNoneMatch: 'STRING',
      CopySourceIfUnmodifiedSince: 'STRING',
      CopySourceSSECustomerAlgorithm: 'STRING',
      CopySourceSSECustomerKey: 'STRING',
      CopySourceSSECustomerKeyMD5: 'STRING',
      ExpectedSourceBucketOwner: 'STRING',
      MetadataDirective: 'STRING',
      TaggingDirective: 'STRING',
    },
    required: ['Bucket', 'CopySource', 'Key'],
  },
  listObjectsV2: {
    fields: { ...LISTED, ContinuationToken: 'STRING', FetchOwner: 'BOOLEAN', StartAfter: 'STRING' },
    required: ['Bucket'],
  },
  listObjects: { fields: { ...LISTED, Marker: 'STRING' }, required: ['Bucket'] },
  headBucket: { fields: BUCKET, required: ['Bucket'] },
} as const satisfies Readonly<Record<string, StructureType>>;
