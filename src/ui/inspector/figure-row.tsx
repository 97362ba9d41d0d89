// One figure of a node on a slider, with how well it is known. An edit holds from the next round on.

import { deviceFigures, type FigureSpec, upperFigures } from '../../sim/fleet/figures.ts';
import type { NetworkNode } from '../../sim/fleet/topology.ts';
import { type FigureId, profileValue, resetFigure, setFigure } from '../../store/fleet-changes.ts';
import { foglineStore } from '../../store/use-fogline.ts';
import { SliderRow } from '../shared/slider-row.tsx';
import { formatFigure } from './figure-format.ts';
import { EditedBadge, MarkBadge } from './mark-badge.tsx';

interface FigureRowProps {
  readonly node: NetworkNode;
  readonly figure: FigureId;
  /** A shorter label, for a narrow place. */
  readonly label?: string | undefined;
}

export function specOf(node: NetworkNode, figure: FigureId): FigureSpec {
  const specs: Readonly<Partial<Record<FigureId, FigureSpec>>> = node.tier === 'device' ? deviceFigures : upperFigures;
  return specs[figure] ?? deviceFigures[figure];
}

const markOf = (node: NetworkNode, figure: FigureId) =>
  node.tier === 'device'
    ? node.profile.figures[figure]
    : ({ provenance: 'E', source: 'ordinary equipment; the tutorial gives no figure' } as const);

export const figureOf = (node: NetworkNode, figure: FigureId): number =>
  (node.figures as Readonly<Partial<Record<FigureId, number>>>)[figure] ?? 0;

export function FigureRow({ node, figure, label }: FigureRowProps) {
  const spec = specOf(node, figure);
  const name = label ?? spec.label;
  const value = figureOf(node, figure);
  const original = profileValue(node, figure);
  const { provenance, source } = markOf(node, figure);
  const edit = (next: number) => {
    const { experiment, change } = foglineStore.getState();
    change(setFigure(experiment, [node], figure, next));
  };
  const reset = () => {
    const { experiment, change } = foglineStore.getState();
    change(resetFigure(experiment, [node], figure));
  };
  const badge =
    value === original ? (
      <MarkBadge label={name} mark={provenance} source={source} />
    ) : (
      <EditedBadge label={name} original={formatFigure(spec, original)} onReset={reset} />
    );
  return (
    <SliderRow
      label={name}
      value={value}
      unit={spec.unit}
      min={spec.min}
      max={spec.max}
      step={spec.step}
      scale={spec.scale}
      help={spec.help}
      format={(each) => formatFigure(spec, each)}
      badge={badge}
      onChange={edit}
    />
  );
}
