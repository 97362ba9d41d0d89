// An hourglass: the round waited for this device. On its node, and in the legend.

import { HOURGLASS } from './sign-paths.ts';
import './straggler-sign.css';

export const StragglerSign = () => (
  <svg className="straggler-sign" viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="7.5" />
    <path d={HOURGLASS} />
  </svg>
);
