export { type HarvestLog, openHarvestLog } from './harvest_log.ts';
