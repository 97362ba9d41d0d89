// Who waits for whom at a glance: the four tiers in the order in which updates go up, each with what it does.

import { useFogline } from '../../store/use-fogline.ts';
import { combiningTiers, tierWords } from './tier-policies.ts';
import './tier-flow.css';

export function TierFlow() {
  const experiment = useFogline((state) => state.experiment);
  const steps = [
    { tier: 'device', does: 'trains' },
    ...combiningTiers.map((tier) => ({ tier, does: tierWords(experiment, tier) })),
  ];
  return (
    <ol className="tier-flow" aria-label="Who waits for whom">
      {steps.map(({ tier, does }) => (
        <li key={tier} className="tier-flow-step" style={{ borderTopColor: `var(--${tier})` }}>
          <b className="tier-flow-name">{tier}</b> <span className="number">{does}</span>
        </li>
      ))}
    </ol>
  );
}
