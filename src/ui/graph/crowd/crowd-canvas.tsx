// The devices of a large fleet and their links, painted under the graph's elements. React only mounts the picture and hands on
// what has changed; the painter does the rest.

import { useEffect, useMemo, useRef } from 'react';
import { type ReactFlowState, useStoreApi } from 'reactflow';
import { selectedDevices } from '../../../store/node-selection.ts';
import { useFogline } from '../../../store/use-fogline.ts';
import { formatCounted } from '../../format.ts';
import { useGraphView } from '../graph-view.ts';
import { selectLatest } from '../latest-record.ts';
import type { LookState } from './looks.ts';
import { type CrowdPainter, startCrowd } from './painter.ts';
import type { Places } from './places.ts';
import type { Frame } from './scene.ts';
import './crowd-canvas.css';

const frameOf = ({ transform, width, height }: ReactFlowState): Frame => ({
  transform,
  width,
  height,
  density: window.devicePixelRatio || 1,
});

/** What the devices' looks depend on: the same object as long as that is so. */
function useLookState(): LookState {
  const experiment = useFogline((state) => state.experiment);
  const topology = useFogline((state) => state.topology);
  const partition = useFogline((state) => state.partition);
  const latest = useFogline(selectLatest);
  return useMemo(
    () => ({ experiment, topology, partition, history: latest ? [latest] : [] }),
    [experiment, topology, partition, latest],
  );
}

export function CrowdCanvas({ places, isFast }: { readonly places: Places; readonly isFast: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  const painter = useRef<CrowdPainter | null>(null);
  const flow = useStoreApi();
  const state = useLookState();
  const shade = useGraphView((view) => view.shade);
  const selected = useFogline(selectedDevices);

  useEffect(() => {
    if (!host.current) return;
    const started = startCrowd(host.current);
    painter.current = started;
    started.move(frameOf(flow.getState()));
    const unsubscribe = flow.subscribe((state, before) => {
      const hasMoved = state.transform !== before.transform;
      if (hasMoved || state.width !== before.width || state.height !== before.height) started.move(frameOf(state));
    });
    return () => {
      unsubscribe();
      started.stop();
    };
  }, [flow]);

  useEffect(
    () => painter.current?.show({ places, state, shade, isFast, selected }),
    [places, state, shade, isFast, selected],
  );

  return (
    <div
      ref={host}
      className="crowd-canvas"
      role="img"
      aria-label={`${formatCounted(state.topology.devices.length, 'device')} under their gateways. From a gateway, the down arrow goes to its first device, and the right arrow on to the next.`}
    />
  );
}
