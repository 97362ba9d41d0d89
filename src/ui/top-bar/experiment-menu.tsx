// The menu of experiments: fleet sizes for the present one, and starting points.

import { Menu } from '@mantine/core';
import { Fragment } from 'react';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { lessonGroups } from '../../sim/lessons/lessons.ts';
import { foglineStore } from '../../store/use-fogline.ts';
import { toRuleChanges } from '../controls/fleet-rule.ts';
import { withUnits } from '../format.ts';
import { ExperimentButton } from './experiment-button.tsx';
import { fleetSizes, type StartingPoint, startingPoints } from './starting-points.ts';

function MenuLine({ label, about, onClick }: { label: string; about: string; onClick: () => void }) {
  return (
    <Menu.Item onClick={onClick} className="experiment-menu-item">
      <span className="experiment-menu-label">{label}</span>
      <span className="experiment-menu-about">{withUnits(about)}</span>
    </Menu.Item>
  );
}

interface ExperimentMenuProps {
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
}

export function ExperimentMenu({ opened, onChange }: ExperimentMenuProps) {
  const { change, load } = foglineStore.getState();
  const toLine = ({ label, about, changes }: StartingPoint, id?: string) => (
    <MenuLine
      key={label}
      label={label}
      about={about}
      onClick={() => load(applyChanges(defaultExperiment, changes), id)}
    />
  );
  return (
    <Menu position="bottom-start" shadow="md" opened={opened} onChange={onChange}>
      <Menu.Target>
        <ExperimentButton />
      </Menu.Target>
      <Menu.Dropdown className="experiment-menu">
        <div className="experiment-menu-parts">
          <div className="experiment-menu-part">
            <Menu.Label>This experiment with</Menu.Label>
            {fleetSizes.map(({ label, about, rule }) => (
              <MenuLine
                key={label}
                label={label}
                about={about}
                onClick={() => change(toRuleChanges(foglineStore.getState().experiment.fleet, rule))}
              />
            ))}
            <Menu.Divider />
            <Menu.Label>Starting points</Menu.Label>
            {startingPoints.map((point) => toLine(point))}
          </div>
          <div className="experiment-menu-part">
            {lessonGroups.map(({ title, lessons }, index) => (
              <Fragment key={title}>
                {index > 0 && <Menu.Divider />}
                <Menu.Label>{title}</Menu.Label>
                {lessons.map((lesson) => toLine(lesson, lesson.id))}
              </Fragment>
            ))}
          </div>
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}
