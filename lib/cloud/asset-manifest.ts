import { resolve } from 'node:path';
import { isObject, type Json, type JsonObject } from '../json/json';
import type { Asset } from './stack';

/**
 * The file assets of an asset manifest (`<stack>.assets.json`), by the object keys under which they would be published.
 * @param directory absolute path of the assembly that holds the manifest
 */
export function readAssetManifest(manifest: Json, directory: string): ReadonlyMap<string, Asset> {
  const files = isObject(manifest) && isObject(manifest.files) ? Object.values(manifest.files).filter(isObject) : [];
  return new Map(files.flatMap((file) => objectKeys(file).flatMap((key) => assetAt(key, file, directory))));
}

function objectKeys(file: JsonObject): string[] {
  const destinations = isObject(file.destinations) ? Object.values(file.destinations).filter(isObject) : [];
  return destinations.flatMap(({ objectKey }) => (typeof objectKey === 'string' ? [objectKey] : []));
}

function assetAt(key: string, file: JsonObject, directory: string): [string, Asset][] {
  const source = isObject(file.source) ? file.source : {};
  if (typeof source.path !== 'string') return [];
  return [[key, { path: resolve(directory, source.path), packaging: source.packaging === 'zip' ? 'zip' : 'file' }]];
}
