// A finger on the network scrolls the page, as it does everywhere else on it: a network as wide as a phone would else be a trap.
// Two fingers move and zoom the network; one does where the visitor has asked for that.

import { type RefObject, useEffect } from 'react';

/** Keeps touches of one finger from React Flow, which hears them below this element. */
export function useTouch(element: RefObject<HTMLElement | null>, oneFinger: boolean): void {
  useEffect(() => {
    const { current } = element;
    if (!current || oneFinger) return;
    const onTouch = (event: TouchEvent) => {
      if (event.touches.length === 1) event.stopPropagation();
    };
    const options = { capture: true, passive: true } as const;
    current.addEventListener('touchstart', onTouch, options);
    return () => current.removeEventListener('touchstart', onTouch, options);
  }, [element, oneFinger]);
}
