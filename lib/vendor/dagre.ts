import type * as Dagre from '@dagrejs/dagre';
import { loadBundle } from './load-bundle';

/** Loads `@dagrejs/dagre` (MIT), layout of directed graphs. https://github.com/dagrejs/dagre */
export const loadDagre = (): typeof Dagre => loadBundle<typeof Dagre>('dagre');
