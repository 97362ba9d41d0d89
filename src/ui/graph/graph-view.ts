// The graph's own state, which no other part of the page reads: what device nodes show, which of them are in use, and where a
// dragged node would be dropped.

import { create } from 'zustand';
import type { Rect } from './geometry.ts';

export const deviceFills = [
  { id: 'classes', label: 'class mix', help: 'Which classes a device’s samples are of.' },
  { id: 'loss', label: 'loss', help: 'Training loss of the last round: the deeper, the lower.' },
  { id: 'battery', label: 'battery', help: 'Battery left, in per cent (modelled).' },
] as const;
export type DeviceFill = (typeof deviceFills)[number]['id'];

interface GraphView {
  readonly deviceFill: DeviceFill;
  /** Id of the node under which the dragged node would hang if it were let go now. */
  readonly dropTarget: string | null;
  /** Id of the painted device that the pointer is at, or whose link. */
  readonly pointed: string | null;
  /** Ids of the painted devices that the keyboard is at, or is going to. */
  readonly reached: readonly string[];
  /** One finger moves the network and its nodes; else it scrolls the page, and two fingers move the network. */
  readonly oneFinger: boolean;
  /** A press on a device adds it to the selection, or takes it out, without a key held. */
  readonly several: boolean;
  /** The box that is being drawn around devices, in pixels from the graph's corner. */
  readonly box: Rect | null;
  /** What the graph has to say: why something was not done, or what was. */
  readonly word: string;
}

export const useGraphView = create<GraphView>(() => ({
  deviceFill: 'classes',
  dropTarget: null,
  pointed: null,
  reached: [],
  oneFinger: false,
  several: false,
  box: null,
  word: '',
}));

export const setDeviceFill = (deviceFill: DeviceFill) => useGraphView.setState({ deviceFill });
export const setDropTarget = (dropTarget: string | null) => useGraphView.setState({ dropTarget });
export const setPointed = (pointed: string | null) => useGraphView.setState({ pointed });
export const setReached = (reached: readonly string[]) => useGraphView.setState({ reached });
export const setSeveral = (several: boolean) => useGraphView.setState({ several });
export const setBox = (box: Rect | null) => useGraphView.setState({ box });
export const say = (word: string) => useGraphView.setState({ word });
export const toggleOneFinger = () => useGraphView.setState(({ oneFinger }) => ({ oneFinger: !oneFinger }));
