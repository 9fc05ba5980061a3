import { element, escapeXml } from '../../lib/report/xml';

test('text cannot become markup', () => {
  expect(escapeXml(`<script>alert('x')</script> ]]> & "q"`)).toBe(
    '&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; ]]&gt; &amp; &quot;q&quot;',
  );
});

test('what XML cannot hold becomes U+FFFD, pairs of surrogates stay', () => {
  expect(escapeXml('a\u0000b\u001bc\ud800d\udc00e\uffff🎻')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\ufffd🎻');
});

test('attributes are quoted and numbers rounded to a tenth, without -0', () => {
  expect(element('a', { b: '"<', c: 1.26, d: -0.01 })).toBe('<a b="&quot;&lt;" c="1.3" d="0"/>');
  expect(element('a', {}, ['x', element('b', {})])).toBe('<a>x<b/></a>');
});
