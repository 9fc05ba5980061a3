import { renderJsonText } from '../../lib/cli/render-json-text';

test.each(['a\nb\t"c"\\', '\u001b[2J', '\u009b1m', '\u202eabc', '\u2028', '\ufeff', '\u{e0041}', '\ud800', 'ä €😀', '👩‍💻'])(
  '%j comes back as it was, and is fit for a terminal',
  (text) => {
    const rendered = renderJsonText({ [text]: [text] });
    expect(JSON.parse(rendered)).toEqual({ [text]: [text] });
    expect(rendered).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  },
);

test('what can be seen stays as it is; two spaces for each level', () => {
  expect(renderJsonText({ a: ['ä😀'] })).toBe('{\n  "a": [\n    "ä😀"\n  ]\n}');
});
