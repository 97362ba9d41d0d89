// The lab's frame: a panel over the graph and the charts, which leaves the settings and the run's buttons within reach; on a
// narrow screen it takes the whole page. Escape closes it, and the focus goes back to where it was.

import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useLabView } from '../../store/lab-view.ts';
import { CloseButton } from '../shared/close-button.tsx';
import { NARROW } from '../shared/media.ts';
import './lab.css';

interface LabPanelProps {
  readonly title: string;
  readonly about: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function LabPanel({ title, about, onClose, children }: LabPanelProps) {
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });

  useEffect(() => {
    const dialog = ref.current;
    if (narrow) dialog?.showModal();
    else dialog?.show();
    return () => {
      dialog?.close();
      // What lay below becomes reachable again with the same drawing that takes the panel away.
      const { opener } = useLabView.getState();
      requestAnimationFrame(() => opener instanceof HTMLElement && opener.focus());
    };
  }, [narrow]);

  useEffect(() => {
    useLabView.setState({ isShown: true });
    return () => useLabView.setState({ isShown: false });
  }, []);

  // A button that did its work and went takes the focus with it: Escape then comes to the page, not to the panel.
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      const isElsewhere = event.target !== document.body && !ref.current?.contains(event.target as Node);
      if (event.key !== 'Escape' || isElsewhere) return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
    };
    window.addEventListener('keydown', close, true);
    return () => window.removeEventListener('keydown', close, true);
  }, [onClose]);

  return (
    <dialog
      ref={ref}
      className="lab"
      aria-labelledby={`${id}-title`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="lab-head">
        <h2 className="lab-title" id={`${id}-title`}>
          {title}
        </h2>
        <p className="lab-about">{about}</p>
        <CloseButton label="Close the lab" onClick={onClose} />
      </div>
      {children}
    </dialog>
  );
}
