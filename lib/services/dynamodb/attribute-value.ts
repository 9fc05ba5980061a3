import type { MapType, StructureType } from '../parameter-types';

/** DynamoDB's AttributeValue as optimised integrations name its types. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
export const attributeValue: StructureType = {
  fields: {
    S: 'STRING',
    N: 'STRING',
    B: 'STRING',
    BOOL: 'BOOLEAN',
    NULL: 'BOOLEAN',
    SS: { list: 'STRING' },
    NS: { list: 'STRING' },
    BS: { list: 'STRING' },
    get L() {
      return { list: attributeValue };
    },
    get M() {
      return attributeMap;
    },
  },
};

const attributeMap: MapType = { map: attributeValue };

/** Names that SDK integrations use in place of DynamoDB's: the members of the AWS SDK for Java v2 in PascalCase. */
export const SDK_TYPE_NAMES: Readonly<Record<string, string>> = { Bool: 'BOOL', Nul: 'NULL', Ss: 'SS', Ns: 'NS', Bs: 'BS' };

/**
 * The same as SDK integrations have it: `Bool`, `Nul`, `Ss`, `Ns`, `Bs`; in responses too.
 * https://github.com/aws/aws-sdk-js/issues/4294, https://repost.aws/questions/QUyLUoqYlGTC2m36ibrtGXSQ
 */
export const sdkAttributeValue: StructureType = {
  fields: {
    S: 'STRING',
    N: 'STRING',
    B: 'STRING',
    Bool: 'BOOLEAN',
    Nul: 'BOOLEAN',
    Ss: { list: 'STRING' },
    Ns: { list: 'STRING' },
    Bs: { list: 'STRING' },
    get L() {
      return { list: sdkAttributeValue };
    },
    get M() {
      return { map: sdkAttributeValue };
    },
  },
};
