// One synchronous round: the cloud's model goes down, devices train, updates come up through gateways and fogs, each tier
// waiting for those below it, until it closes. With periods above 1 a gateway holds several rounds with its devices before it
// reports, and a fog with its gateways (HierFAVG: Liu et al., "Client-Edge-Cloud Hierarchical Federated Learning", ICC 2020).
// With over-selection or a deadline a round closes without the last (Bonawitz et al., "Towards Federated Learning at Scale",
// MLSys 2019). Times are seconds from the round's start.

import { aggregators } from '../../aggregators/index.ts';
import { carry } from '../../compression/carry.ts';
import { deviceCodec } from '../../compression/device-uplink.ts';
import { makeCodec } from '../../compression/index.ts';
import { noteOffTimes } from '../../engine/off-times.ts';
import { computeTime, macRateOf } from '../../fleet/compute.ts';
import { emptyDeviceColumns, emptyUpperColumns } from '../../record/columns.ts';
import { Timeline } from '../../record/timeline.ts';
import { chooseParticipants } from '../../selection/participants.ts';
import { CLOUD, Courier } from '../courier.ts';
import { sendDown } from '../downlink.ts';
import { Portions } from '../portions.ts';
import { RETRY_SECONDS, type RoundInput, type RoundOutcome } from '../round-input.ts';
import type { RoundContext } from './context.ts';
import { gatewayRound, type Worker } from './gateway-round.ts';
import { reportToCloud, reportToFogs } from './reports.ts';
import { type Arrival, latest, Station } from './station.ts';

export async function syncRound(input: RoundInput): Promise<RoundOutcome> {
  const context = begin(input);
  const { gatewayRounds, fogRounds } = input.experiment.aggregation;
  let workers = context.participants.map((each): Worker => ({ ...each, end: 0 }));
  let part = 0;
  for (let fogRound = 1; fogRound <= fogRounds; fogRound++) {
    for (let gatewayPart = 1; gatewayPart <= gatewayRounds; gatewayPart++) {
      part++;
      const isFirst = fogRound === 1 && gatewayPart === 1;
      workers = await gatewayRound(context, workers, { number: part, isFirst });
    }
    reportToFogs(context, part, fogRound === fogRounds);
  }
  return end(context, reportToCloud(context, part));
}

/** Who takes part, and the model's way down to their gateways. */
function begin(input: RoundInput): RoundContext {
  const { experiment, topology, model, mask, receivers, round, rng } = input;
  const devices = emptyDeviceColumns(topology.devices.length);
  const gateways = emptyUpperColumns(topology.gateways.map((node) => node.number));
  const fogs = emptyUpperColumns(topology.fogs.map((node) => node.number));
  const timeline = new Timeline();
  noteOffTimes(devices, input);
  const gatewayLane = topology.devices.length;
  const fogLane = gatewayLane + topology.gateways.length;
  const lanes = { gateway: gatewayLane, fog: fogLane, cloud: fogLane + topology.fogs.length };

  const portions = new Portions(input);
  const { down } = experiment.compression;
  const courier = new Courier({ down, model, receivers, mask, rng: rng.split('down', round) });
  const message = courier.pack(input.weights, rng.split('down', round));
  const chosen = chooseParticipants(
    {
      ...input,
      model: portions.local,
      recordRound: round,
      cached: (gateway) => input.cache.has(gateway),
      working: new Set([...input.freeAt].filter(([, free]) => free > input.time).map(([id]) => id)),
      ...estimates(),
    },
    devices,
  );
  const downlink = sendDown({
    ...input,
    hasCache: experiment.network.cache,
    message,
    courier,
    portions,
    participants: chosen.participants,
    columns: { gateways, fogs },
    timeline,
    laneOf: lanes,
  });
  const stations = downlink.stations.map(({ node, row, base, time }) => new Station(node, row, base, time));
  return {
    ...input,
    ...chosen,
    courier,
    portions,
    downlink,
    stations: new Map(stations.map((station) => [station.node.id, station])),
    devices,
    gateways,
    fogs,
    timeline,
    lanes,
    busy: new Float64Array(topology.devices.length).fill(Number.NaN),
  };

  /** Sizes of a device's messages, as one encoding of each shows; sub-models are all of one size. */
  function estimates(): { readonly bytesDown: number; readonly bytesUp: number } {
    const codec = makeCodec(deviceCodec(experiment, round));
    const chance = rng.split('estimate', round);
    const download = portions.download('estimate');
    return {
      bytesDown: download ? courier.deliver(message, CLOUD, 'estimate', download).size : message.size,
      bytesUp: carry(codec, model, input.weights, chance, portions.upload('estimate')).size,
    };
  }
}

/** The cloud averages what has arrived. */
function end(context: RoundContext, arrivals: readonly Arrival[]): RoundOutcome {
  const { devices, gateways, fogs, busy, timeline, stations, participants, model, topology, lanes, experiment } =
    context;
  const done = { devices, gateways, fogs, busy, staleMean: 0, isIdle: participants.length === 0 };
  if (arrivals.length === 0) {
    // Gateways that served from their cache have nobody to report to: the round has lasted as long as they were busy.
    const served = Math.max(0, ...[...stations.values()].map((station) => station.time));
    const duration = participants.length > 0 ? served : RETRY_SECONDS;
    return { ...done, timeline: timeline.columns(), update: null, duration, cloudLastArrival: 0, straggler: '' };
  }
  const last = latest(arrivals);
  const aggregator = aggregators[experiment.aggregation.upper];
  const { values } = aggregator.combine(
    arrivals.map(({ update }) => update),
    experiment.aggregation,
  );
  const sums = aggregator.macs(model.parameters, arrivals.length);
  const duration = last.time + computeTime(sums, macRateOf(topology.cloud.figures));
  timeline.add(lanes.cloud, 'aggregate', last.time, duration);
  return {
    ...done,
    timeline: timeline.columns(),
    update: values,
    duration,
    cloudLastArrival: last.time,
    straggler: last.device,
  };
}
