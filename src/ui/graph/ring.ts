// The ring of a device: how full a battery has which colour. Shared by the nodes and by the painted fleet. Pure.

export type BatteryLevel = 'good' | 'low' | 'bad';

export const levelOf = (percent: number): BatteryLevel => (percent <= 10 ? 'bad' : percent <= 25 ? 'low' : 'good');
