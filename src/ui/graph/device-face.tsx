// The inside of a device node: the classes of its samples as a pie, its training loss as a tint, or its battery in per cent.

import { useMemo } from 'react';
import { taskOf } from '../../sim/data/datasets/index.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatLossShort } from '../format.ts';
import { depthOf, pieOf, tintOf } from './device-fill.ts';
import { useGraphView } from './graph-view.ts';
import { batteryPercent, classMix, selectLatest, shownLoss } from './latest-record.ts';
import { PLUG } from './sign-paths.ts';
import './device-face.css';

export function DeviceFace({ number, mains }: { number: number; mains: boolean }) {
  const deviceFill = useGraphView((view) => view.deviceFill);
  if (deviceFill === 'loss') return <LossFace number={number} />;
  if (deviceFill === 'battery') return <BatteryFace number={number} mains={mains} />;
  return <PieFace number={number} />;
}

function PieFace({ number }: { number: number }) {
  const mix = useFogline((state) => classMix(state.partition, number));
  const background = useMemo(() => pieOf(mix), [mix]);
  if (mix.length === 0) return <span className="device-face device-face-undealt" />;
  return <span className="device-face" style={{ backgroundImage: background }} />;
}

function LossFace({ number }: { number: number }) {
  const loss = useFogline((state) => shownLoss(selectLatest(state), number));
  const { classes } = useFogline((state) => taskOf(state.experiment.data));
  if (Number.isNaN(loss)) return <span className="device-face" />;
  return (
    <span className="device-face number" style={{ background: tintOf(depthOf(loss, classes)) }}>
      <span className="device-face-text">{formatLossShort(loss)}</span>
    </span>
  );
}

function BatteryFace({ number, mains }: { number: number; mains: boolean }) {
  const percent = useFogline((state) => batteryPercent(selectLatest(state), number));
  return (
    <span className="device-face number">{mains ? <Plug /> : <span className="device-face-text">{percent}</span>}</span>
  );
}

function Plug() {
  return (
    <svg className="device-face-plug" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PLUG} />
    </svg>
  );
}
