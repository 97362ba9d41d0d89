// The switch for what device nodes show inside, with its key: the names of the classes, the scale of the loss.

import { taskOf } from '../../sim/data/datasets/index.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { guessingLoss, tintOf } from './device-fill.ts';
import { type DeviceFill, deviceFills, setDeviceFill, useGraphView } from './graph-view.ts';
import './device-fill-switch.css';

export function DeviceFillSwitch() {
  const deviceFill = useGraphView((view) => view.deviceFill);
  return (
    <div className="device-fill-switch">
      <fieldset className="device-fill-switch-choices">
        <legend className="visually-hidden">What device nodes show</legend>
        {deviceFills.map(({ id, label, help }) => (
          <label key={id} className="device-fill-switch-choice" title={help}>
            <input
              type="radio"
              className="visually-hidden"
              name="graph-device-fill"
              checked={deviceFill === id}
              onChange={() => setDeviceFill(id)}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <Key deviceFill={deviceFill} />
    </div>
  );
}

function Key({ deviceFill }: { deviceFill: DeviceFill }) {
  if (deviceFill === 'classes') return <ClassKey />;
  if (deviceFill === 'battery') {
    return <span className="device-fill-switch-key">per cent left, modelled; the ring shows the same</span>;
  }
  return <LossKey />;
}

function LossKey() {
  const { classes } = useFogline((state) => taskOf(state.experiment.data));
  return (
    <span className="device-fill-switch-key">
      <span className="number">{guessingLoss(classes).toFixed(1)} (guessing)</span>
      <span
        className="device-fill-switch-scale"
        style={{ backgroundImage: `linear-gradient(in oklab to right, ${tintOf(0)}, ${tintOf(1)})` }}
      />
      <span className="number">0 nats</span>
    </span>
  );
}

/** Classes that the key names at most: the network needs the room more. */
const MOST_IN_KEY = 10;
/** Classes whose names stand beside the buttons, however narrow the network. */
const FEW = 5;

function ClassKey() {
  const { classNames } = useFogline((state) => taskOf(state.experiment.data));
  const shown = classNames.slice(0, MOST_IN_KEY);
  return (
    <span className={`device-fill-switch-key ${shown.length > FEW ? 'device-fill-switch-key-long' : ''}`}>
      {shown.map((name, index) => (
        <span key={name} className="device-fill-switch-class">
          <span className="device-fill-switch-swatch" style={{ background: `var(--class-${index})` }} />
          {name}
        </span>
      ))}
      {classNames.length > MOST_IN_KEY && (
        <span>and {classNames.length - MOST_IN_KEY} more, as on the cloud’s card</span>
      )}
    </span>
  );
}
