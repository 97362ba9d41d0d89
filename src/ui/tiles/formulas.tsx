// What stands behind the modelled numbers, in the words of src/sim/network and src/sim/devices.

function RoundTripFormula() {
  return (
    <>
      <p>
        <strong>Transfer</strong> = latency + 8 × bytes ÷ rate ÷ (1 − loss). The bytes are real: the length of the
        encoded buffer. LoRaWAN: latency + time on air of n packets + n − 1 off times of 99 × a packet (1 % duty cycle);
        the last off time delays the next message.
      </p>
      <p>
        <strong>Compute</strong> = 3 × forward MACs × samples × epochs ÷ sustained MAC/s. Of local steps, the samples of
        their mini-batches; momentum and weight decay add a MAC a weight and step each, Adam nine, FedProx two, SCAFFOLD
        one and three more a turn.
      </p>
      <p>
        Gateways and fogs work side by side and each waits for those below it:{' '}
        <strong>a round takes as long as its slowest path</strong>, cloud to device and back. It is simulated time, not
        this computer’s.
      </p>
    </>
  );
}

function EnergyFormula() {
  return (
    <>
      <p>
        <strong>Compute</strong> = active power × compute time.
      </p>
      <p>
        <strong>Radio</strong> = transmit or receive power × time on air + a fixed wake-up each time it is switched on.
        A phone’s radio power is base + slope × rate (Huang 2012).
      </p>
      <p>
        <strong>Waiting</strong> = idle power × the rest of the round.
      </p>
      <p>
        Summed over all devices; gateways, fogs and the cloud are on mains and not counted. <strong>mAh</strong> = J ÷
        3.6 ÷ 3.7 V. Each power figure, with its source, is in the device’s inspector.
      </p>
    </>
  );
}

function LifetimeFormula() {
  return (
    <>
      <p>
        <strong>Lifetime</strong> = usable joules of a full battery ÷ mean power; usable = mAh × 3.6 × V × 0.85.
      </p>
      <p>
        <strong>Mean power</strong> = joules of the last rounds (ten at most, none from before the last change of a
        setting) ÷ the time that they stretch over, the sleep between them included. What charges a battery is left out,
        and so are its own ageing and self-discharge.
      </p>
      <p>
        <strong>Bytes a day</strong> = bytes of the same rounds ÷ that time × 86,400 s.
      </p>
    </>
  );
}

export const formulas = { roundTrip: RoundTripFormula, energy: EnergyFormula, lifetime: LifetimeFormula };
export type FormulaName = keyof typeof formulas;
