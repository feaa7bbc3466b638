export { ckanVersion, type GateListener, type OpenSite, openSite, type SiteOptions } from './open.ts';
