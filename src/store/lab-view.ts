// Which part of the lab is open. A small file, because the first load contains it; the lab itself is loaded when it is opened.

import { create } from 'zustand';

export type LabView = { readonly kind: 'packet'; readonly node: string } | { readonly kind: 'table' };

interface LabViewState {
  readonly view: LabView | null;
  /** The element that had the focus when the lab was opened, and gets it back when it is closed. */
  readonly opener: Element | null;
  /** Whether its panel is on the screen: over a slow network that is later, or never. */
  readonly isShown: boolean;
}

export const useLabView = create<LabViewState>(() => ({ view: null, opener: null, isShown: false }));

const open = (view: LabView) => useLabView.setState({ view, opener: document.activeElement });

/** Opens the inspector of the packets on a link. @param node the one at the link's lower end */
export const openPacket = (node: string) => open({ kind: 'packet', node });
export const openTable = () => open({ kind: 'table' });
export const closeLab = () => useLabView.setState({ view: null });
