// Buttons for those who have no wheel: closer, further, and the whole network again; and for fingers, whether one moves
// the network. For both, whether a press adds a device to the selection.

import { useReactFlow } from 'reactflow';
import { setSeveral, toggleOneFinger, useGraphView } from './graph-view.ts';
import './view-buttons.css';

const GLIDE = { duration: 160 };

export function ViewButtons({ onFit }: { onFit: () => void }) {
  const { zoomIn, zoomOut } = useReactFlow();
  const oneFinger = useGraphView((view) => view.oneFinger);
  const several = useGraphView((view) => view.several);
  return (
    <fieldset className="view-buttons" aria-label="View of the network">
      <ViewButton label="Zoom in" path="M6 2v8M2 6h8" onClick={() => void zoomIn(GLIDE)} />
      <ViewButton label="Zoom out" path="M2 6h8" onClick={() => void zoomOut(GLIDE)} />
      <ViewButton
        label="Fit the network to the view"
        path="M2 4.5V2h2.5M7.5 2H10v2.5M10 7.5V10H7.5M4.5 10H2V7.5"
        onClick={onFit}
      />
      <button
        type="button"
        className="view-buttons-button"
        aria-pressed={several}
        aria-label="Select several devices"
        title="Select several devices: press them one by one, or draw a box. Without this button: Shift and click, Shift and drag, or a long press"
        onClick={() => setSeveral(!several)}
      >
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path d="M1 3V1h2M5 1h2M9 1h2v2M11 5v1M1 5v2M1 9v2h2M5 11h1M7 9l1.7 1.8L11.4 7.6" />
        </svg>
      </button>
      <button
        type="button"
        className="view-buttons-button view-buttons-finger"
        aria-pressed={oneFinger}
        aria-label="Move the network with one finger"
        title="Move the network with one finger; two always do"
        onClick={toggleOneFinger}
      >
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path d="M6 1v10M1 6h10M4.5 2.5 6 1l1.5 1.5M4.5 9.5 6 11l1.5-1.5M2.5 4.5 1 6l1.5 1.5M9.5 4.5 11 6 9.5 7.5" />
        </svg>
      </button>
    </fieldset>
  );
}

function ViewButton({ label, path, onClick }: { label: string; path: string; onClick: () => void }) {
  return (
    <button type="button" className="view-buttons-button" aria-label={label} title={label} onClick={onClick}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}
