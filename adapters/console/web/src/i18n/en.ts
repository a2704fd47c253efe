import { together, type Texts } from './texts';

export default together(import.meta.glob<Texts>('./en/*.json', { eager: true, import: 'default' }));
