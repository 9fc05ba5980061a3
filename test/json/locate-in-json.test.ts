import { locateInJson } from '../../lib/json/locate-in-json';
import { readYaml } from '../../lib/json/read-yaml';
import { parseJson } from '../../lib/json/parse-json';
import { isArray, isObject, type Json } from '../../lib/json/json';

const text = `{
  "StartAt": "A", "empty": {}, "none": [ ],
\t"States" : {
    "A{\\"[": { "Type": "Pass", "Next": "a/b" },\r
    "a\\u002fb~c":
      [ {"x":[1,2]}, -1.5e3 , "}]\\\\", true, {"y" : null} ]
  }
}`;

test.each([
  ['', 1, 1],
  ['/StartAt', 2, 3],
  ['/none/0', 2, 32],
  ['/States', 3, 2],
  ['/States/A{"[', 4, 5],
  ['/States/A{"[/Next', 4, 32],
  ['/States/a~1b~0c', 5, 5],
  ['/States/a~1b~0c/0/x/1', 6, 17],
  ['/States/a~1b~0c/1', 6, 22],
  ['/States/a~1b~0c/2', 6, 31],
  ['/States/a~1b~0c/4/y', 6, 46],
  ['/States/a~1b~0c/9', 5, 5],
  ['/States/a~1b~0c/00', 5, 5],
  ['/States/missing/deeper', 3, 2],
  ['/StartAt/0', 2, 3],
])('%s', (pointer, line, column) => expect(locateInJson(text, pointer)).toEqual({ line, column }));

test('JSON is YAML: both find the same places', () => {
  const pointers: string[] = [];
  const walk = (json: Json, pointer: string): void => {
    pointers.push(pointer);
    if (isArray(json)) json.forEach((item, index) => walk(item, `${pointer}/${index}`));
    else if (isObject(json))
      for (const [key, value] of Object.entries(json))
        walk(value, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  };
  walk(parseJson(text, 'it'), '');
  const { locate } = readYaml(text, 'it');
  expect(pointers.length).toBeGreaterThan(15);
  for (const pointer of pointers) expect([pointer, locateInJson(text, pointer)]).toEqual([pointer, locate(pointer)]);
});

test('a text of a million characters, and 999 levels', () => {
  const long = JSON.stringify({ a: '\\"'.repeat(300_000), b: { c: 1 } });
  expect(locateInJson(long, '/b/c')).toEqual({ line: 1, column: long.indexOf('"c"') + 1 });
  const deep = '['.repeat(999) + ']'.repeat(999);
  expect(locateInJson(deep, '/0'.repeat(998))).toEqual({ line: 1, column: 999 });
  expect(locateInJson(deep, '/1')).toEqual({ line: 1, column: 1 });
});
