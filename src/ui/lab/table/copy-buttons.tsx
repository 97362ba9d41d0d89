// The table to take along, as CSV or Markdown. What came of it is said aloud; if nothing can be copied, the text is shown.

import { Button } from '@mantine/core';
import { useState } from 'react';
import type { EfficiencyRow } from '../../../sim/lab/efficiency/efficiency.ts';
import { toCsv, toMarkdown } from '../../../sim/lab/efficiency/export.ts';
import { formatCounted } from '../../format.ts';
import { copyText } from './copy-text.ts';

const formats = [
  { name: 'CSV', toText: toCsv },
  { name: 'Markdown', toText: toMarkdown },
] as const;

export function CopyButtons({ rows }: { readonly rows: readonly EfficiencyRow[] }) {
  const [said, setSaid] = useState('');
  const [shown, setShown] = useState<string | null>(null);
  const copy = async ({ name, toText }: (typeof formats)[number]) => {
    const text = toText(rows);
    const done = await copyText(text);
    setShown(done ? null : text);
    setSaid(
      done
        ? `${formatCounted(rows.length, 'row')} copied as ${name}.`
        : 'Copying is not allowed here: select the text below.',
    );
  };
  return (
    <div className="copy-buttons">
      {formats.map((format) => (
        <Button
          key={format.name}
          variant="default"
          size="compact-sm"
          disabled={rows.length === 0}
          onClick={() => copy(format)}
        >
          Copy as {format.name}
        </Button>
      ))}
      <span className="copy-buttons-said" role="status">
        {said}
      </span>
      {shown !== null && (
        <textarea className="copy-buttons-text" aria-label="The table as text" readOnly rows={6} value={shown} />
      )}
    </div>
  );
}
