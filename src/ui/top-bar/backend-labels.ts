// The backends' short names, as the badge in the bar shows them.

import type { BackendId } from '../../store/store.ts';

export const backendLabels: Readonly<Record<BackendId, string>> = { wasm: 'WASM', webgl: 'WebGL', cpu: 'CPU' };
