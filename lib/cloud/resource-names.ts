import type { Json } from '../json/json';
import type { CircleGuard } from './circle-guard';
import { physicalName } from './physical-name';
import { partition, urlSuffix } from './pseudo-parameters';
import type { ResourceType, ResourceView } from './resource-type';
import { RESOURCE_TYPES } from './resource-types';
import type { Stack } from './stack';
import { own, type TemplateResource } from './template';
import { listed, type Place, refuse, top, tryResolve, within } from './unresolved';

/** What one resource is called. */
export interface Names {
  /** Physical name; undefined for a type that has none. */
  readonly name: string | undefined;
  /** What `Ref` returns. Throws `Unresolvable`. */
  ref(): string;
  /** Undefined for a type that has none. Throws `Unresolvable`. */
  arn(): string | undefined;
}

/** What CloudFormation returns for resources. All throw `Unresolvable`. */
export interface ResourceNames {
  /** Undefined for a type that the table does not know. */
  readonly tryNames: (stack: Stack, logicalId: string) => Names | undefined;
  ref(logicalId: string, place: Place): string;
  getAtt(logicalId: string, attribute: string, place: Place): string;
}

/**
 * The names of the resources of all stacks, made up once each.
 * @param value resolves a value of a template
 * @param exists whether a resource is made at all
 */
export function resourceNames(
  value: (value: Json, place: Place) => Json | undefined,
  exists: (stack: Stack, logicalId: string) => boolean,
  guarded: CircleGuard,
): ResourceNames {
  const names = new Map<TemplateResource, string>();

  const nameOf = (stack: Stack, logicalId: string, type: ResourceType): string => {
    const resource = stack.template.Resources[logicalId]!;
    const known = names.get(resource);
    if (known !== undefined) return known;
    const explicit = type.nameProperty === undefined ? undefined : own(resource.Properties, type.nameProperty);
    const at = within(top(stack), 'Resources', logicalId, 'Properties', type.nameProperty ?? '');
    const resolved =
      explicit === undefined ? undefined : tryResolve(() => guarded(stack, `name of ${logicalId}`, () => value(explicit, at)));
    const name = typeof resolved === 'string' ? resolved : physicalName(view(stack, logicalId, type), type);
    names.set(resource, name);
    return name;
  };

  const view = (stack: Stack, logicalId: string, type: ResourceType): ResourceView => {
    const resource = stack.template.Resources[logicalId]!;
    const at = within(top(stack), 'Resources', logicalId, 'Properties');
    const self: ResourceView = {
      stackName: stack.stackName,
      logicalId,
      partition: partition(stack.region),
      urlSuffix: urlSuffix(stack.region),
      region: stack.region,
      account: stack.account,
      get name() {
        return nameOf(stack, logicalId, type);
      },
      property: (key) => {
        const raw = own(resource.Properties, key);
        return raw === undefined ? undefined : value(raw, within(at, key));
      },
      required: (key) => {
        const found = self.property(key);
        return found === undefined || typeof found === 'object'
          ? refuse(within(at, key), `${resource.Type} needs a text as its ${key}.`, 'Add it.')
          : String(found);
      },
      ordinal: (by) => {
        const siblings = Object.entries(stack.template.Resources)
          .filter(([id, one]) => one.Type === resource.Type && exists(stack, id))
          .map(([id]) => id);
        const wanted = by(self);
        return siblings.slice(0, siblings.indexOf(logicalId) + 1).filter((id) => by(view(stack, id, type)) === wanted).length;
      },
    };
    return self;
  };

  return {
    tryNames: (stack, logicalId) => {
      const type = own(RESOURCE_TYPES, stack.template.Resources[logicalId]!.Type);
      if (type === undefined) return undefined;
      const self = view(stack, logicalId, type);
      return {
        name: type.nameProperty === undefined ? undefined : self.name,
        ref: () => guarded(stack, `Ref of ${logicalId}`, () => type.ref(self)),
        arn: () => guarded(stack, `ARN of ${logicalId}`, () => type.arn?.(self)),
      };
    },
    ref: (logicalId, place) => {
      const type = typeAt(logicalId, place);
      return guarded(place.stack, `Ref of ${logicalId}`, () => type.ref(view(place.stack, logicalId, type)));
    },
    getAtt: (logicalId, attribute, place) => {
      const type = typeAt(logicalId, place);
      const get = own(type.attributes, attribute);
      if (get === undefined) {
        return refuse(
          place,
          `The simulator does not know the attribute "${attribute}" of ${place.stack.template.Resources[logicalId]!.Type}.`,
          `It knows ${listed(Object.keys(type.attributes))}.`,
        );
      }
      return guarded(place.stack, `${attribute} of ${logicalId}`, () => get(view(place.stack, logicalId, type)));
    },
  };
}

function typeAt(logicalId: string, place: Place): ResourceType {
  const { Type } = place.stack.template.Resources[logicalId]!;
  return (
    own(RESOURCE_TYPES, Type) ??
    refuse(place, `The simulator does not know what ${Type} returns.`, 'Put a literal text in its place for the test.')
  );
}
