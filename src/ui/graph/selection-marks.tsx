// What the graph shows and says of several selected devices, besides the devices themselves: the box that is drawn around them,
// and how many there are.

import { selectedDevices } from '../../store/node-selection.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCounted } from '../format.ts';
import { useGraphView } from './graph-view.ts';
import './selection-marks.css';

export function SelectionBox() {
  const box = useGraphView((view) => view.box);
  if (!box) return null;
  const { x, y, width, height } = box;
  return <div className="selection-box" style={{ left: x, top: y, width, height }} />;
}

/** For those who hear the page; the card's title says it to those who see it. */
export function SelectionCount() {
  const count = useFogline((state) => selectedDevices(state).size);
  const several = useGraphView((view) => view.several);
  const words =
    count > 0 ? `${formatCounted(count, 'device')} selected` : several ? 'Several devices can be selected now' : '';
  return <output className="visually-hidden">{words}</output>;
}
