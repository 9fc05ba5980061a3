import { isIP } from 'node:net';

/** Tells whether a text is an IP address within a CIDR block; undefined if the block is none. IPv4 and IPv6. */
export function cidrMatcher(block: string): ((text: string) => boolean) | undefined {
  const [address = '', length = '', ...more] = block.split('/');
  const network = tryParseAddress(address);
  const bits = Number(length);
  if (network === undefined || more.length > 0 || !/^\d+$/.test(length) || bits > network.bits) return undefined;
  const shift = BigInt(network.bits - bits);
  return (text) => {
    const found = tryParseAddress(text);
    return found !== undefined && found.bits === network.bits && found.value >> shift === network.value >> shift;
  };
}

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function tryParseAddress(text: string): Address | undefined {
  const version = isIP(text);
  if (version === 4) return { bits: 32, value: parseIpv4(text) };
  return version === 6 && !text.includes('%') ? { bits: 128, value: parseIpv6(text) } : undefined;
}

const parseIpv4 = (text: string): bigint => text.split('.').reduce((value, part) => (value << 8n) | BigInt(part), 0n);

function parseIpv6(text: string): bigint {
  // The last 32 bits may be written as an IPv4 address.
  const hex = text.replace(/\d+\.\d+\.\d+\.\d+$/, (ipv4) => {
    const value = parseIpv4(ipv4);
    return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  });
  const [head = '', tail] = hex.split('::');
  const left = groups(head);
  const right = groups(tail ?? '');
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
