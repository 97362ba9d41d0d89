// What a device's rounds come to a day, where they have an interval: bytes, and how long its battery lasts.

import { useMemo } from 'react';
import type { DeviceNode } from '../../sim/fleet/topology.ts';
import { deviceDailyProjection } from '../../sim/record/daily-projection.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatBytes, formatDays } from '../format.ts';
import { Modelled } from '../tiles/modelled.tsx';
import { Facts } from './facts.tsx';
import { Part } from './part.tsx';

export function DeviceDayPart({ node }: { readonly node: DeviceNode }) {
  const history = useFogline((state) => state.history);
  const experiment = useFogline((state) => state.experiment);
  const day = useMemo(() => deviceDailyProjection(history, experiment, node), [history, experiment, node]);
  if (!day) return null;
  return (
    <Part title="A day" aside={<Modelled what="The lifetime" formulas={['lifetime']} />}>
      <Facts
        facts={[
          { name: 'Bytes', values: [`${formatBytes(day.bytesUp)} up`, `${formatBytes(day.bytesDown)} down`] },
          {
            name: 'Battery',
            values: day.lifetime === null ? ['mains'] : [formatDays(day.lifetime), 'lifetime when full'],
          },
        ]}
      />
    </Part>
  );
}
