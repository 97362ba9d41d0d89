// The model that a device would take in the next round, and what that depends on.

import { useMemo } from 'react';
import { modelFor } from '../../sim/engine/aggregation/families.ts';
import type { StoredData } from '../../sim/fleet/storage.ts';
import type { DeviceNode } from '../../sim/fleet/topology.ts';
import type { ModelKind } from '../../sim/model/models.ts';
import { rowOf } from '../../sim/record/columns.ts';
import type { FoglineState } from '../../store/store.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { classMix, selectLatest } from '../graph/latest-record.ts';

/** Share of its charge left, 0 … 1. */
export function selectCharge(state: FoglineState, { number }: DeviceNode): number {
  const record = selectLatest(state);
  const row = record && rowOf(record.devices.number, number);
  return record && row !== undefined ? record.devices.batteryShare[row] : state.experiment.power.batteryStart;
}

/** Samples that it holds: those dealt to it, or before that what the setting says. */
function selectSamples({ partition, experiment }: FoglineState, { number }: DeviceNode): number {
  const mix = classMix(partition, number);
  return mix.length > 0 ? mix.reduce((sum, count) => sum + count, 0) : experiment.data.samplesPerDevice;
}

/** The round to come. */
const selectNextRound = (state: FoglineState): number => (selectLatest(state)?.round ?? 0) + 1;

export const selectModelOf = (state: FoglineState, device: DeviceNode): ModelKind =>
  modelFor(device, selectCharge(state, device), state.experiment, {
    samples: selectSamples(state, device),
    round: selectNextRound(state),
  });

/** What the device stores besides the model and what belongs to it. */
export function useHeld(device: DeviceNode): StoredData {
  const samples = useFogline((state) => selectSamples(state, device));
  const round = useFogline(selectNextRound);
  return useMemo(() => ({ samples, round }), [samples, round]);
}
