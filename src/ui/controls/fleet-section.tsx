// How many nodes of which kinds.

import type { FoglineState } from '../../store/store.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { formatCounted } from '../format.ts';
import { ChoiceRow } from '../shared/choice-row.tsx';
import { helpOf, RestartMark } from '../shared/restart-mark.tsx';
import { SliderRow } from '../shared/slider-row.tsx';
import { settingAt } from '../shared/use-setting.ts';
import { type FleetRule, toRuleChanges } from './fleet-rule.ts';
import { CUSTOM_MIX, mixes, mixIdOf } from './mixes.ts';
import { Section } from './section.tsx';
import { SettingRows } from './setting-rows.tsx';
import { fleetSettings } from './shown-settings.ts';

const { change } = foglineStore.getState();
const changeFleet = (rule: Partial<FleetRule>) => change(toRuleChanges(foglineStore.getState().experiment.fleet, rule));

function FleetSlider({ name }: { readonly name: 'fogs' | 'gatewaysPerFog' | 'devicesPerGateway' }) {
  const value = useFogline((state) => state.experiment.fleet[name]);
  const { label, unit, min, max, step, scale, help, live } = settingAt(`fleet.${name}`, 'number');
  return (
    <SliderRow
      {...{ label, unit, min, max, step, scale, value }}
      help={helpOf({ help, live })}
      integer
      commit="end"
      badge={<RestartMark live={live} />}
      onChange={(next) => changeFleet({ [name]: next })}
    />
  );
}

const mixOptions = mixes.map(({ id, label }) => ({ value: id, label }));
const withCustom = [...mixOptions, { value: CUSTOM_MIX, label: 'Own mix' }];

function MixChoice() {
  const mix = useFogline((state) => mixIdOf(state.experiment.fleet.mix));
  const { label, help } = settingAt('fleet.mix', 'structure');
  return (
    <ChoiceRow
      label={label}
      help={help}
      value={mix}
      options={mix === CUSTOM_MIX ? withCustom : mixOptions}
      badge={<RestartMark live={false} />}
      onChange={(id) => {
        const chosen = mixes.find((each) => each.id === id);
        if (chosen) changeFleet({ mix: [...chosen.profiles] });
      }}
    />
  );
}

const selectSize = ({ topology }: FoglineState): string =>
  `${formatCounted(topology.devices.length, 'device')}, ${formatCounted(topology.gateways.length, 'gateway')}`;

export function FleetSection() {
  const size = useFogline(selectSize);
  return (
    <Section title="Fleet" aside={size} folded>
      <SettingRows
        paths={fleetSettings()}
        own={{
          'fleet.fogs': { control: <FleetSlider name="fogs" /> },
          'fleet.gatewaysPerFog': { control: <FleetSlider name="gatewaysPerFog" /> },
          'fleet.devicesPerGateway': { control: <FleetSlider name="devicesPerGateway" /> },
          'fleet.mix': { control: <MixChoice /> },
        }}
      />
    </Section>
  );
}
