import vue from '@vitejs/plugin-vue';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import components from 'unplugin-vue-components/vite';
import { defineConfig } from 'vite';

const daemon = process.env['JINQIAO_URL'] ?? 'http://127.0.0.1:8470';

export default defineConfig({
  plugins: [
    vue(),
    components({ dts: false, dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
  ],
  // Host stays the browser's: the daemon compares it with Origin.
  server: { proxy: { '^/(api/v1|s)/': { target: daemon, changeOrigin: false } } },
  define: {
    __VUE_OPTIONS_API__: true, // Element Plus uses mixins in a few places
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_JIT_COMPILATION__: true, // messages become data, never code: no eval
  },
  build: {
    target: 'es2020',
    cssTarget: 'chrome87',
    assetsDir: 'assets',
    assetsInlineLimit: 0, // data: addresses would need a hole in the policy
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
  },
});
