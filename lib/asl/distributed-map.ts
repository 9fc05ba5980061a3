import { isObject, type Json, type JsonObject } from '../json/json';
import { type FieldCheck, integer, listOf, object, oneOf, payloadTemplate, referencePath, text } from './field-checks';
import { both, jsonata, jsonPath, type ObjectFields, record } from './fields';
import { jsonataTemplate, orExpression } from './jsonata-checks';
import type { Place } from './place';

// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-fields-dist-map.html

const MAX_ITEMS = 100_000_000;
const MAX_BATCH_BYTES = 262_144;
const MAX_LABEL_CHARACTERS = 40;

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const FORBIDDEN_IN_LABEL = /[\s?*<>{}[\]:;,\\|^~$#%&`"\u0000-\u001f\u007f-\u009f]/u;

/** A request to S3: `Parameters` in JSONPath, `Arguments` in JSONata. */
const request = {
  Parameters: jsonPath(payloadTemplate),
  Arguments: jsonata(
    orExpression((value, place, language) => {
      object(value, place, language);
      jsonataTemplate()(value, place, language);
    }),
  ),
};
const REQUEST = ['Parameters', 'Arguments'];

/** An S3 action in any partition. */
const s3 =
  (...actions: readonly string[]): FieldCheck =>
  (value, place, language) => {
    if (typeof value !== 'string') return text(value, place, language);
    const match = /^arn:[a-z-]+:states:::s3:(\w+)$/.exec(value);
    if (match === null || !actions.includes(match[1] as string))
      place.refuse(
        "The field 'Resource' does not match any of the allowed values",
        `write ${actions.map((action) => `arn:aws:states:::s3:${action}`).join(' or ')}`,
      );
  };

const CSV_FIELDS = ['CSVHeaderLocation', 'CSVHeaders', 'CSVDelimiter'];

/** https://www.rfc-editor.org/rfc/rfc6901; the words are those of Jackson (measured: github.com/gabrielmoreira/tiny-asl-machine). */
const jsonPointer: FieldCheck = (value, place, language) => {
  text(value, place, language);
  if (typeof value === 'string' && value !== '' && !value.startsWith('/'))
    place.refuse(`Invalid input: JSON Pointer expression must start with '/': "${value}"`, `write /${value}`);
};

const readerConfig: ObjectFields = {
  fields: {
    InputType: both(oneOf('CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST')),
    Transformation: both(oneOf('NONE', 'LOAD_AND_FLATTEN')),
    ManifestType: both(oneOf('ATHENA_DATA', 'S3_INVENTORY')),
    CSVDelimiter: both(oneOf('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB')),
    CSVHeaderLocation: both(oneOf('FIRST_ROW', 'GIVEN')),
    CSVHeaders: both(listOf(text)),
    ItemsPointer: both(jsonPointer),
    MaxItems: both(orExpression(integer(0, MAX_ITEMS))),
    MaxItemsPath: jsonPath(referencePath),
  },
  atMostOne: [['MaxItems', 'MaxItemsPath']],
};

/** Which fields of ReaderConfig go together. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
function checkReaderConfig(config: JsonObject, place: Place): void {
  const { InputType: type, ManifestType: manifest, Transformation: transformation, CSVHeaderLocation: location } = config;
  const has = (name: string): boolean => Object.hasOwn(config, name);
  // Of a CSV AWS says nothing else before it knows where the header is (measured: github.com/gabrielmoreira/tiny-asl-machine).
  if (type === 'CSV' && (manifest === undefined || manifest === 'S3_INVENTORY') && !has('CSVHeaderLocation'))
    return place.refuse("The field 'CSVHeaderLocation' is required", 'FIRST_ROW, or GIVEN with CSVHeaders');
  if (type === 'JSON' || type === 'JSONL' || type === 'PARQUET') {
    for (const name of CSV_FIELDS.filter(has))
      place.refuseMember(name, `Field '${name}' is not supported`, `it belongs to InputType CSV, found ${type}`);
  }
  if (location === 'GIVEN' && !has('CSVHeaders')) place.refuse('These fields are required: [CSVHeaders]', 'name the columns');
  if (location === 'FIRST_ROW' && has('CSVHeaders'))
    place.refuseMember(
      'CSVHeaders',
      "Field 'CSVHeaders' is not supported",
      'the first row has the names; GIVEN takes CSVHeaders',
    );
  if (has('ItemsPointer') && type !== undefined && type !== 'JSON')
    place.refuseMember('ItemsPointer', "Field 'ItemsPointer' is not supported", 'it belongs to InputType JSON');
  if (transformation === 'LOAD_AND_FLATTEN' && (type === undefined || type === 'MANIFEST'))
    place.refuse("The field 'InputType' is required", 'LOAD_AND_FLATTEN asks for CSV, JSON, JSONL or PARQUET');
  if (manifest === 'ATHENA_DATA' && type === 'JSON')
    place.refuseMember('ManifestType', "Field 'ManifestType' is not supported", 'ATHENA_DATA asks for CSV, JSONL or PARQUET');
  else if (manifest === 'ATHENA_DATA' && type !== 'CSV' && type !== 'JSONL' && type !== 'PARQUET')
    place.refuse("The field 'InputType' is required", 'ManifestType ATHENA_DATA asks for CSV, JSONL or PARQUET');
  if (manifest === 'S3_INVENTORY' && has('InputType'))
    place.refuseMember('InputType', "Field 'InputType' is not supported", 'an S3 inventory is always CSV');
}

/** `ItemReader`. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export const itemReader = record(
  {
    fields: {
      ...request,
      Resource: both(s3('getObject', 'listObjectsV2')),
      ReaderConfig: both(record(readerConfig, checkReaderConfig)),
    },
    required: ['Resource'],
    exactlyOne: [REQUEST],
  },
  (reader, place) => {
    const config = isObject(reader['ReaderConfig']) ? reader['ReaderConfig'] : {};
    const at = place.member('ReaderConfig');
    const arn = reader['Resource'];
    const lists = typeof arn !== 'string' || arn.endsWith(':listObjectsV2');
    if (!lists && config['InputType'] === undefined && config['ManifestType'] === undefined)
      (isObject(reader['ReaderConfig']) ? at : place).refuse(
        `These fields are required: [${isObject(reader['ReaderConfig']) ? 'InputType' : 'ReaderConfig'}]`,
        's3:getObject asks for ReaderConfig.InputType: CSV, JSON, JSONL, PARQUET or MANIFEST',
      );
    if (!lists && config['Transformation'] === 'LOAD_AND_FLATTEN')
      at.member('Transformation').refuse(
        'Transformation LOAD_AND_FLATTEN is only supported for s3:listObjectsV2',
        'found s3:getObject',
      );
  },
);

/** `ItemBatcher`. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export const itemBatcher = record({
  fields: {
    MaxItemsPerBatch: both(orExpression(integer(1, MAX_ITEMS))),
    MaxItemsPerBatchPath: jsonPath(referencePath),
    MaxInputBytesPerBatch: both(orExpression(integer(1, MAX_BATCH_BYTES))),
    MaxInputBytesPerBatchPath: jsonPath(referencePath),
    BatchInput: both((value, place, language) =>
      (language === 'JSONata' ? jsonataTemplate() : payloadTemplate)(value, place, language),
    ),
  },
  atMostOne: [
    ['MaxItemsPerBatch', 'MaxItemsPerBatchPath'],
    ['MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'],
  ],
});

const BATCH_LIMITS = ['MaxItemsPerBatch', 'MaxItemsPerBatchPath', 'MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'];

/** `ResultWriter`. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
export const resultWriter = record(
  {
    fields: {
      ...request,
      Resource: both(s3('putObject')),
      WriterConfig: both(
        record({
          fields: {
            Transformation: both(oneOf('NONE', 'COMPACT', 'FLATTEN')),
            OutputType: both(oneOf('JSON', 'JSONL')),
          },
        }),
      ),
    },
  },
  (writer, place) => {
    const has = (name: string): boolean => Object.hasOwn(writer, name);
    const asks = REQUEST.some(has);
    if (!has('Resource') && !asks && !has('WriterConfig'))
      place.refuse('Value cannot be empty', 'give WriterConfig, or Resource with the bucket, or leave ResultWriter out');
    if (has('Resource') && !asks) place.refuse('These fields are required: [Parameters]', 'name the Bucket and the Prefix');
    if (asks && !has('Resource')) place.refuse('These fields are required: [Resource]', 'write arn:aws:states:::s3:putObject');
  },
);

/** `Label`. */
export const label: FieldCheck = (value, place, language) => {
  if (typeof value !== 'string') return text(value, place, language);
  const code = 'INVALID_LABEL_NAME';
  const length = [...value].length;
  if (length === 0) place.refuse("Invalid Label name: ''. The label is empty.", 'leave Label out to have one made', code);
  if (length > MAX_LABEL_CHARACTERS)
    place.refuse(
      `Invalid Label name: '${value}'. The label exceeds the ${MAX_LABEL_CHARACTERS}-character limit allowed by the service.`,
      `it has ${length} characters`,
      code,
    );
  const found = FORBIDDEN_IN_LABEL.exec(value);
  if (found !== null)
    place.refuse(
      `Invalid Label name: '${value}'. The label contains invalid characters.`,
      `${JSON.stringify(found[0])} may not stand in a label`,
      code,
    );
};

const processorConfig: ObjectFields = {
  fields: {
    Mode: both(oneOf('INLINE', 'DISTRIBUTED')),
    ExecutionType: both(oneOf('STANDARD', 'EXPRESS')),
  },
};

/** `ProcessorConfig`: a Distributed Map says how its children run, an inline one cannot. */
export const checkProcessorConfig = record(processorConfig, (config, place) => {
  const isDistributed = config['Mode'] === 'DISTRIBUTED';
  if (isDistributed && !Object.hasOwn(config, 'ExecutionType'))
    place.refuse('These fields are required: [ExecutionType]', 'STANDARD or EXPRESS');
  if (config['Mode'] === 'INLINE' && Object.hasOwn(config, 'ExecutionType'))
    place.refuseMember('ExecutionType', "Field 'ExecutionType' is not supported", 'only a Distributed Map has child executions');
});

/** True for a Map state in DISTRIBUTED mode. */
export const isDistributed = (state: JsonObject): boolean => {
  const processor = state['ItemProcessor'] ?? state['Iterator'];
  const config = isObject(processor) ? processor['ProcessorConfig'] : undefined;
  return isObject(config) && config['Mode'] === 'DISTRIBUTED';
};

/** What a Map in DISTRIBUTED mode asks of its fields. */
export function checkDistributedMap(state: JsonObject, place: Place): void {
  const batcher: Json | undefined = state['ItemBatcher'];
  if (isObject(batcher) && !BATCH_LIMITS.some((name) => Object.hasOwn(batcher, name)))
    place
      .member('ItemBatcher')
      .refuse(`These fields are required: [MaxItemsPerBatch] or [MaxInputBytesPerBatch]`, 'say how large a batch may be');
}
