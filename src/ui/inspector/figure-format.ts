// Figures as people read them: 20,000 kbit/s is 20 Mbit/s, 1,048,576 kB of RAM is 1 GB.

import type { FigureSpec } from '../../sim/fleet/figures.ts';
import { formatQuantity } from '../quantity.ts';

export const formatFigure = ({ unit }: Pick<FigureSpec, 'unit'>, value: number): string => formatQuantity(value, unit);
