// The few parts of ECharts that the charts need; fetched with the first of them. SVG, because lines on
// paper stay lines. Styles go through the CSSOM there (zrender's patch.js), so the policy holds; tooltips
// would be written as HTML with style attributes, which it forbids, and are drawn in the picture instead.
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export function start(element: HTMLElement, width?: number) {
  const picture = init(element, null, { renderer: 'svg', ...(width ? { width } : {}) });
  element.removeAttribute('_echarts_instance_'); // its own mark, which is no HTML; nothing here looks for it
  return picture;
}
