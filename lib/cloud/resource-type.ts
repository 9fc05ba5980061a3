import { createHash } from 'node:crypto';
import type { Json } from '../json/json';
import { asText } from './template';

/** What the table knows of one resource when it makes up its names. */
export interface ResourceView {
  readonly stackName: string;
  readonly logicalId: string;
  readonly partition: string;
  readonly urlSuffix: string;
  readonly region: string;
  readonly account: string;
  /** The physical name. */
  readonly name: string;
  /** A property, resolved; undefined where the template has none. */
  property(key: string): Json | undefined;
  /** A property as text, resolved; refused by name where the template has none. */
  required(key: string): string;
  /** 1 for the first resource of this type in the stack for which `by` gives the same text, 2 for the next. */
  ordinal(by: Attribute): number;
}

/** What CloudFormation returns for one type of resource. */
export interface ResourceType {
  /** The property with the explicit physical name; without it, or where it is absent, the name is made up. */
  readonly nameProperty?: string;
  /** S3 and others want lower case. */
  readonly lowerCase?: true;
  /** Ends a made-up name: `.fifo`. */
  readonly suffix?: (resource: ResourceView) => string;
  readonly ref: Attribute;
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The ARN by which other services name the resource, without a `:*`. */
  readonly arn?: Attribute;
}

/** One text that CloudFormation returns for a resource. */
export type Attribute = (resource: ResourceView) => string;

export const name: Attribute = (resource) => resource.name;

export const arn =
  (service: string, rest: Attribute): Attribute =>
  (resource) =>
    `arn:${resource.partition}:${service}:${resource.region}:${resource.account}:${rest(resource)}`;

export const iamArn =
  (kind: string): Attribute =>
  (resource) =>
    `arn:${resource.partition}:iam::${resource.account}:${kind}${text(resource, 'Path') ?? '/'}${resource.name}`;

export const text = (resource: ResourceView, key: string): string | undefined => {
  const value = resource.property(key);
  return value === undefined ? undefined : asText(value);
};

/** Hexadecimal digits that depend on nothing but the stack's name and the logical id. */
export const digits = (resource: ResourceView, length: number): string =>
  createHash('sha256').update(`${resource.stackName}/${resource.logicalId}`).digest('hex').slice(0, length);

export const id =
  (length: number, prefix = ''): Attribute =>
  (resource) =>
    prefix + digits(resource, length);

export const upperId =
  (length: number, prefix = ''): Attribute =>
  (resource) =>
    prefix + digits(resource, length).toUpperCase();

export const uuid: Attribute = (resource) => digits(resource, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** `Ref` is the name. */
export const byName = (nameProperty: string, arnOf: Attribute, attributes: ResourceType['attributes'] = {}): ResourceType => ({
  nameProperty,
  ref: name,
  arn: arnOf,
  attributes: { Arn: arnOf, ...attributes },
});

/** `Ref` is the ARN. */
export const byArn = (
  nameProperty: string | undefined,
  arnOf: Attribute,
  attributes: ResourceType['attributes'],
): ResourceType => ({
  ...(nameProperty === undefined ? {} : { nameProperty }),
  ref: arnOf,
  arn: arnOf,
  attributes,
});

/** `Ref` is an identifier that AWS makes up. */
export const byId = (identifier: Attribute, attributes: ResourceType['attributes'], arnOf?: Attribute): ResourceType => ({
  ref: identifier,
  attributes,
  ...(arnOf === undefined ? {} : { arn: arnOf }),
});

/** `Ref` is the name, and there is no attribute at all. */
export const nameOnly = (nameProperty: string, arnOf?: Attribute): ResourceType => ({
  nameProperty,
  ref: name,
  attributes: {},
  ...(arnOf === undefined ? {} : { arn: arnOf }),
});
