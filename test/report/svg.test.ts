import { renderSvg } from '../../lib/report/svg';
import { historyOf } from './history';
import {
  LINEAR,
  MAP_OF_PARALLEL,
  MAP_OF_PARALLEL_CAUGHT,
  ORDER,
  ORDER_FAILED,
  ORDER_REFUNDED,
  THIRTY,
  unnamed,
} from './machines';

/** The elements and texts of an XML document; throws if it is not well-formed. Enough for what has no comments, CDATA or entities of its own. */
function parseXml(xml: string): { readonly elements: string[]; readonly texts: string[] } {
  const open: string[] = [];
  const elements: string[] = [];
  const texts: string[] = [];
  const token = /<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#39);[^"<&]*)*")*)(\/?)>|([^<>]+)/y;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const [, closing, name = '', , empty, text] = token.exec(xml) ?? fail(`at ${at}: ${xml.slice(at, at + 60)}`);
    if (text !== undefined) {
      if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) fail(text);
      texts.push(text);
    } else if (closing === '/') {
      if (open.pop() !== name) fail(`</${name}>`);
    } else {
      elements.push(name);
      if (empty === '') open.push(name);
    }
  }
  if (open.length > 0) fail(`not closed: ${open.join()}`);
  return { elements, texts };
}

function fail(what: string): never {
  throw new Error(`not well-formed: ${what}`);
}

/** The markup of the group that begins with the state's tooltip. */
function boxOf(svg: string, name: string): string {
  const start = svg.indexOf(`<title>${name}\n`);
  return start === -1 ? fail(`no state ${name}`) : svg.slice(start, svg.indexOf('<title>', start + 1));
}

test.each([
  ['without an execution', renderSvg(ORDER)],
  ['with an execution', renderSvg(ORDER, ORDER_REFUNDED)],
  ['nested', renderSvg(MAP_OF_PARALLEL, MAP_OF_PARALLEL_CAUGHT)],
  ['large', renderSvg(THIRTY)],
  ['with an empty history', renderSvg(LINEAR, [])],
])('a picture %s is well-formed XML and needs nothing from outside', (_, svg) => {
  const { elements } = parseXml(svg);

  expect(elements[0]).toBe('svg');
  expect([...new Set(elements)].sort()).toEqual(expect.not.arrayContaining(['script', 'image', 'foreignobject', 'use', 'a']));
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|url\(|@import|@font-face/);
});

test('names, types, resources, rules and Catchers are shown', () => {
  const { texts } = parseXml(renderSvg(ORDER));

  expect(texts).toEqual(
    expect.arrayContaining([
      'Order processing',
      'Start',
      'End',
      'ValidateOrder',
      'dynamodb:getItem',
      'Choice',
      '$.inventory.quantity ≥ $.quantity',
      'Default',
      'Payment.Declined',
      'OutOfStock',
    ]),
  );
});

test('with events each state shows its outcome, retries and duration, and what was not visited is faded', () => {
  const svg = renderSvg(ORDER, ORDER_REFUNDED);

  expect(boxOf(svg, 'ValidateOrder')).toContain('baton-succeeded');
  expect(boxOf(svg, 'FulfillOrder')).toContain('baton-caught');
  expect(boxOf(svg, 'UpdateInventory')).toContain('baton-failed');
  expect(boxOf(svg, 'SendConfirmation')).toContain('baton-aborted');
  expect(boxOf(svg, 'OutOfStock')).not.toMatch(/baton-(succeeded|caught|failed|aborted|running)/);
  expect(svg).toContain(`<g opacity="0.5"><title>OutOfStock\n`);
  expect(boxOf(svg, 'ProcessPayment')).toMatch(/>1 retry</);
  expect(boxOf(svg, 'ProcessPayment')).toMatch(/>lambda:invoke · 1.56s</);
  expect(svg).toMatch(/>FAILED<.*>in 1.8s<.*>OrderFailed</);
});

test('without events nothing is faded and there is no legend', () => {
  expect(renderSvg(ORDER)).not.toMatch(/opacity|not visited/);
});

test('the end is marked as not reached when it was not', () => {
  expect(renderSvg(ORDER, ORDER_FAILED)).toMatch(/<g opacity="0.5"><rect[^>]*baton-end"[^>]*\/><text[^>]*>End</);
  expect(renderSvg(MAP_OF_PARALLEL, MAP_OF_PARALLEL_CAUGHT)).not.toMatch(
    /<g opacity="0.5"><rect[^>]*baton-end"[^>]*\/><text[^>]*>End</,
  );
});

test.each([
  '<script>alert(1)</script>',
  ']]>',
  '"><img src=x onerror=alert(1)>',
  '&lt;',
  "'",
  '-->',
  'a\u0000b',
  '\ud800',
  '__proto__',
  ' ',
  '注文🎻',
])('the name %j is text and nothing else', (name) => {
  const machine = { ...unnamed(name), Comment: name };
  const events = historyOf([
    [0, 0, 'ExecutionStarted'],
    [0, 0, 'PassStateEntered', name],
    [2, 0, 'ExecutionFailed', [name, name]],
  ]);
  const { elements } = parseXml(renderSvg(machine, events));

  expect([...new Set(elements)].sort()).toEqual(['circle', 'g', 'path', 'rect', 'style', 'svg', 'text', 'title']);
  expect(renderSvg(machine, events)).not.toContain('\u0000');
});

test('a very long name, comment and cause do not make the picture wider than a screen', () => {
  const name = 'x'.repeat(80);
  const events = historyOf([
    [0, 0, 'ExecutionStarted'],
    [0, 0, 'PassStateEntered', name],
    [2, 0, 'ExecutionFailed', ['E', 'y'.repeat(32_768)]],
  ]);
  const svg = renderSvg({ ...unnamed(name), Comment: 'z'.repeat(5000) }, events);

  expect(Number(/ width="(\d+)"/.exec(svg)?.[1])).toBeLessThan(900);
  expect(svg).toContain(name); // in the tooltip
});

test('the same arguments give the same bytes, also after other pictures', () => {
  const first = renderSvg(ORDER, ORDER_REFUNDED);
  renderSvg(THIRTY);

  expect(renderSvg(ORDER, ORDER_REFUNDED)).toBe(first);
});

test('a dark page gets dark colours', () => {
  const style = /<style>(.*?)<\/style>/.exec(renderSvg(LINEAR))?.[1] ?? '';

  expect(style).toMatch(/^@media \(prefers-color-scheme:dark\)\{/);
  for (const [, name] of renderSvg(ORDER, ORDER_REFUNDED).matchAll(/class="baton-(\w+)"/g))
    expect(style).toContain(`.baton-${name}{`);
});

test('the layout library is loaded with the first picture, not before', () => {
  jest.isolateModules(() => {
    const load = jest.fn(() => jest.requireActual<object>('@dagrejs/dagre'));
    jest.doMock('@dagrejs/dagre', load);
    const { renderSvg: render } = jest.requireActual<typeof import('../../lib/report/svg')>('../../lib/report/svg');
    expect(load).not.toHaveBeenCalled();
    render(LINEAR);
    expect(load).toHaveBeenCalledTimes(1);
    jest.dontMock('@dagrejs/dagre');
  });
});
