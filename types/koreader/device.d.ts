/** The device, its radio, and the log. */
declare namespace KOReader {
  interface Device {
    readonly model?: string;
    /** Where the file browser begins when the reader chose no home folder; none on some devices. */
    readonly home_dir?: string;
    /** True from the sleep screen's appearance until it is gone. */
    screen_saver_mode: boolean;
    readonly screen: Screen;
    readonly input: Input;
    isKobo(): boolean;
    isKindle(): boolean;
    isCervantes(): boolean;
    isRemarkable(): boolean;
    isPocketBook(): boolean;
    isAndroid(): boolean;
    isEmulator(): boolean;
    isDesktop(): boolean;
    hasWifiToggle(): boolean;
    hasSeamlessWifiToggle(): boolean;
    hasWifiRestore(): boolean;
    canUseWAL(): boolean;
    canRestart(): boolean;
    setIgnoreInput(enable: boolean): void;
    getPowerDevice(): PowerDevice;
  }

  /** Keys by what they are for, on devices that have them. */
  interface Input {
    readonly group: { readonly Back: unknown };
  }

  interface Screen {
    getWidth(): number;
    getHeight(): number;
    scaleBySize(pixels: number): number;
  }

  interface PowerDevice {
    getCapacity(): number;
    isCharging(): boolean;
  }

  interface NetworkMgr {
    /** Whether the reader had Wi-Fi on: it is brought back after sleep where `auto_restore_wifi` says so. */
    wifi_was_on: boolean;
    readonly pending_connection: boolean;
    /** The radio is on. */
    isWifiOn(): boolean;
    /** The interface has an address; cheap, says nothing of the internet. */
    isConnected(): boolean;
    /** A blocking name look-up: never from background work. */
    isOnline(): boolean;
    /** Cached and free. */
    getWifiState(): boolean;
    /** Cached and free. */
    getConnectionState(): boolean;
    /** Runs the callback now or after connecting, which may ask the reader. */
    runWhenConnected(callback: (this: void) => void): void;
    runWhenOnline(callback: (this: void) => void): void;
    /** True when it connects first: the caller returns and the callback re-enters. */
    willRerunWhenConnected(callback: (this: void) => void): boolean;
    willRerunWhenOnline(callback: (this: void) => void): boolean;
    /** Follows the setting `wifi_enable_action`. */
    beforeWifiAction(callback?: (this: void) => void): void;
    /** Follows the setting `wifi_disable_action`. */
    afterWifiAction(callback?: (this: void) => void): void;
    enableWifi(callback?: (this: void) => void, interactive?: boolean): boolean | undefined;
    disableWifi(callback?: (this: void) => void, interactive?: boolean): void;
    /** Switches on and joins in another process; only where `Device.hasWifiRestore` says so. */
    restoreWifiAsync(): void;
    /** Looks every 0.25 s, for 45 s, whether there is a connection; then says so to everybody, and to the callback. */
    scheduleConnectivityCheck(callback?: (this: void) => void): void;
  }

  /** The functions are swapped when the log level changes: call them on the module. */
  interface Logger {
    dbg(this: void, ...values: unknown[]): void;
    info(this: void, ...values: unknown[]): void;
    warn(this: void, ...values: unknown[]): void;
    err(this: void, ...values: unknown[]): void;
    readonly levels: { readonly dbg: number; readonly info: number; readonly warn: number; readonly err: number };
    setLevel(level: number): void;
  }
}

declare module "device" {
  const module: KOReader.Device;
  export = module;
}

declare module "ui/network/manager" {
  const module: KOReader.NetworkMgr;
  export = module;
}

declare module "logger" {
  const module: KOReader.Logger;
  export = module;
}
