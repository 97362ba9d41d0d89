// The switch for what device nodes show inside, with its key: the names of the classes, the scale of the loss.

import { taskOf } from '../../sim/data/datasets/index.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { type Shade, setShade, shades, useGraphView } from './graph-view.ts';
import { guessingLoss, tintOf } from './shade.ts';
import './shade-switch.css';

export function ShadeSwitch() {
  const shade = useGraphView((view) => view.shade);
  return (
    <div className="shade-switch">
      <fieldset className="shade-switch-choices">
        <legend className="visually-hidden">What device nodes show</legend>
        {shades.map(({ id, label, help }) => (
          <label key={id} className="shade-switch-choice" title={help}>
            <input
              type="radio"
              className="visually-hidden"
              name="graph-shade"
              checked={shade === id}
              onChange={() => setShade(id)}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <Key shade={shade} />
    </div>
  );
}

function Key({ shade }: { shade: Shade }) {
  if (shade === 'classes') return <ClassKey />;
  if (shade === 'battery') {
    return <span className="shade-switch-key">per cent left, modelled; the ring shows the same</span>;
  }
  return <LossKey />;
}

function LossKey() {
  const { classes } = useFogline((state) => taskOf(state.experiment.data));
  return (
    <span className="shade-switch-key">
      <span className="number">{guessingLoss(classes).toFixed(1)} (guessing)</span>
      <span
        className="shade-switch-scale"
        style={{ backgroundImage: `linear-gradient(in oklab to right, ${tintOf(0)}, ${tintOf(1)})` }}
      />
      <span className="number">0 nats</span>
    </span>
  );
}

function ClassKey() {
  const { classNames } = useFogline((state) => taskOf(state.experiment.data));
  return (
    <span className="shade-switch-key">
      {classNames.map((name, index) => (
        <span key={name} className="shade-switch-class">
          <span className="shade-switch-swatch" style={{ background: `var(--class-${index})` }} />
          {name}
        </span>
      ))}
    </span>
  );
}
