/** An element with content that is XML already. */
export const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

/** An element with a text. */
export const renderElement = (name: string, text: string): string => element(name, escapeXml(text));

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' };

const escapeXml = (text: string): string => text.replaceAll(/[&<>"\r]/g, (character) => ESCAPES[character] as string);

/** What stands in the elements of this name: text, or more elements. For requests, which have neither attributes of weight nor nesting in their own kind. */
export const readElements = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(([, content = '']) =>
    content.includes('<') ? content : unescapeXml(content),
  );

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescapeXml = (text: string): string =>
  text.replaceAll(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
    (all: string, hexadecimal?: string, decimal?: string, name?: string) => {
      if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return CHARACTERS[name ?? ''] ?? all;
    },
  );
