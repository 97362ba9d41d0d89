// Every setting of an experiment as `npm run simulate -- --settings` prints it: its path, default, allowed values and help.

import { defaultExperiment, settings } from '../../sim/experiment/experiment.ts';
import { valueAt } from '../../sim/experiment/parse-experiment.ts';
import type { Setting } from '../../sim/experiment/settings.ts';

/** Characters: enough for all but the longest paths. */
const PATH_WIDTH = 32;

function allowedValues(setting: Setting): string {
  switch (setting.kind) {
    case 'number':
      return `${setting.min} to ${setting.max}${setting.integer ? ', whole' : ''}`;
    case 'choice':
      return setting.choices.map(({ id }) => id).join(' | ');
    case 'toggle':
      return 'true | false';
    case 'structure':
      return 'docs/experiments.md shows its shape';
  }
}

export function listSettings(): string {
  const lines = [...settings].map(([path, setting]) => {
    const value = JSON.stringify(valueAt(defaultExperiment, path));
    return `${path.padEnd(PATH_WIDTH)} ${value}  (${allowedValues(setting)})\n    ${setting.help}`;
  });
  return `${lines.join('\n')}\n`;
}
