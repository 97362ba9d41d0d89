// Which part of the lab is open. Small, because it is there from the start; the lab itself is loaded when it is opened.

import { create } from 'zustand';

export type LabView = { readonly kind: 'packet'; readonly node: string } | { readonly kind: 'table' };

interface LabViewState {
  readonly view: LabView | null;
  /** What had the focus when it was opened, and gets it back. */
  readonly opener: Element | null;
  /** Its panel is on the screen: over a thin line that is later, or never. */
  readonly isShown: boolean;
}

export const useLabView = create<LabViewState>(() => ({ view: null, opener: null, isShown: false }));

const open = (view: LabView) => useLabView.setState({ view, opener: document.activeElement });

/** Looks into the packets on a link. @param node the one at the link's lower end */
export const openPacket = (node: string) => open({ kind: 'packet', node });
export const openTable = () => open({ kind: 'table' });
export const closeLab = () => useLabView.setState({ view: null });
