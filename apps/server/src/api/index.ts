export { incidentShape } from './incidents/incident-shape';
export { alarmShape } from './alarms/alarm-shape';
export { CityClock } from './city/city-clock';
export { CityDesk } from './city/city-desk';
export { createFirstAdmin } from './auth/bootstrap';
export { createApi, type ApiOptions } from './create-api';
export { LiveRing } from './live/live-ring';
export type * from './ports';
