import type { StructureType } from '../parameter-types';

/** Names that SDK integrations use in place of DynamoDB's: the members of the AWS SDK for Java v2 in PascalCase. */
export const SDK_TYPE_NAMES: Readonly<Record<string, string>> = { Bool: 'BOOL', Nul: 'NULL', Ss: 'SS', Ns: 'NS', Bs: 'BS' };

/** The type under the names that BOOL, NULL, SS, NS and BS have. */
function attributeValueNamed([bool, nul, ss, ns, bs]: readonly [string, string, string, string, string]): StructureType {
  const type: StructureType = {
    fields: {
      S: 'STRING',
      N: 'STRING',
      B: 'STRING',
      [bool]: 'BOOLEAN',
      [nul]: 'BOOLEAN',
      [ss]: { list: 'STRING' },
      [ns]: { list: 'STRING' },
      [bs]: { list: 'STRING' },
      get L() {
        return { list: type };
      },
      get M() {
        return { map: type };
      },
    },
  };
  return type;
}

/** DynamoDB's AttributeValue as optimised integrations name its types. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
export const attributeValue = attributeValueNamed(['BOOL', 'NULL', 'SS', 'NS', 'BS']);

/**
 * The same as SDK integrations have it, in responses too.
 * https://github.com/aws/aws-sdk-js/issues/4294, https://repost.aws/questions/QUyLUoqYlGTC2m36ibrtGXSQ
 */
export const sdkAttributeValue = attributeValueNamed(['Bool', 'Nul', 'Ss', 'Ns', 'Bs']);
