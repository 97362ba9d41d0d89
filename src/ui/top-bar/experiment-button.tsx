// What is being run, in a few words: the button of the menu of experiments.

import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';
import { datasets } from '../../sim/data/datasets/index.ts';
import { lessonOf } from '../../sim/lessons/lessons.ts';
import type { FoglineState } from '../../store/store.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCounted } from '../format.ts';
import { ChevronIcon } from '../shared/icons.tsx';

const selectName = ({ experiment, lesson }: FoglineState): string =>
  lessonOf(lesson)?.label ?? datasets[experiment.data.dataset].label;
const selectSize = ({ topology }: FoglineState): string => formatCounted(topology.devices.length, 'device');

/** Takes what the menu gives its target: the reference, the handlers and the roles. */
export function ExperimentButton(props: ButtonProps & ComponentPropsWithRef<'button'>) {
  const name = useFogline(selectName);
  const size = useFogline(selectSize);
  return (
    <Button
      variant="default"
      rightSection={<ChevronIcon />}
      aria-label={`Experiment: ${name} · ${size}`}
      {...props}
      className="experiment-menu-button"
    >
      {name}
      <span className="experiment-menu-size"> · {size}</span>
    </Button>
  );
}
