// The devices of a large fleet and their links, painted under the graph's elements. React only mounts the picture and hands on
// what has changed; the painter does the rest.

import { useEffect, useMemo, useRef } from 'react';
import { type ReactFlowState, useStoreApi } from 'reactflow';
import { selectedDevices } from '../../../store/node-selection.ts';
import { useFogline } from '../../../store/use-fogline.ts';
import { formatCounted } from '../../format.ts';
import { useGraphView } from '../graph-view.ts';
import { selectLatest } from '../latest-record.ts';
import type { AppearanceState } from './device-appearance.ts';
import { type FleetPainter, startFleetPainter } from './painter.ts';
import type { Places } from './places.ts';
import type { Frame } from './scene.ts';
import './fleet-canvas.css';

const frameOf = ({ transform, width, height }: ReactFlowState): Frame => ({
  transform,
  width,
  height,
  density: window.devicePixelRatio || 1,
});

/** What the devices' appearances depend on: the same object as long as that is so. */
function useAppearanceState(): AppearanceState {
  const experiment = useFogline((state) => state.experiment);
  const topology = useFogline((state) => state.topology);
  const partition = useFogline((state) => state.partition);
  const latest = useFogline(selectLatest);
  return useMemo(
    () => ({ experiment, topology, partition, history: latest ? [latest] : [] }),
    [experiment, topology, partition, latest],
  );
}

export function FleetCanvas({ places, isFast }: { readonly places: Places; readonly isFast: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  const painter = useRef<FleetPainter | null>(null);
  const flow = useStoreApi();
  const state = useAppearanceState();
  const deviceFill = useGraphView((view) => view.deviceFill);
  const selected = useFogline(selectedDevices);

  useEffect(() => {
    if (!host.current) return;
    const started = startFleetPainter(host.current);
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
    () => painter.current?.show({ places, state, deviceFill, isFast, selected }),
    [places, state, deviceFill, isFast, selected],
  );

  return (
    <div
      ref={host}
      className="fleet-canvas"
      role="img"
      aria-label={`${formatCounted(state.topology.devices.length, 'device')} under their gateways. From a gateway, the down arrow goes to its first device, and the right arrow on to the next.`}
    />
  );
}
