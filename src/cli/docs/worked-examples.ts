// The worked examples of docs/extending.md: files to add, lines to add to files that are there, and experiments to run.
// A file is its path in ticks, a colon, and a block of TypeScript; lines are the same with a block of diff; an experiment is JSON.

export interface WorkedExamples {
  /** New files by their paths. */
  readonly files: ReadonlyMap<string, string>;
  readonly changes: readonly { readonly path: string; readonly diff: string }[];
  readonly experiments: readonly object[];
}

export function workedExamplesIn(text: string): WorkedExamples {
  const blocks = (kind: string) =>
    [...text.matchAll(new RegExp(`^\`(src/[^\`]+)\`:\n\n\`\`\`${kind}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
      ([, path, block]) => ({
        path,
        block,
      }),
    );
  return {
    files: new Map(blocks('ts').map(({ path, block }) => [path, block])),
    changes: blocks('diff').map(({ path, block }) => ({ path, diff: block })),
    experiments: [...text.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, block]) => JSON.parse(block)),
  };
}

/**
 * A file with the lines of a diff: ` ` is a line to go to, `-` one to take out, `+` one to put in there. There are no line numbers, so
 * that an example stays right while the file grows.
 * @throws {Error} if a line that should be there is not
 */
export function withChange(text: string, diff: string): string {
  const lines = text.split('\n');
  let at = 0;
  for (const change of diff.split('\n').filter((line) => line !== '')) {
    const [sign, line] = [change[0], change.slice(1)];
    if (sign === '+') {
      lines.splice(at++, 0, line);
      continue;
    }
    const found = lines.indexOf(line, at);
    if (found < 0) throw new Error(`There is no such line: ${line}`);
    if (sign === '-') lines.splice(found, 1);
    at = sign === '-' ? found : found + 1;
  }
  return lines.join('\n');
}
