// The notebook is whole and has its kernel: what is run before that is lost without a word.
() => {
  const panel = window.jupyterapp?.shell.currentWidget;
  const cells = panel?.content?.widgets?.length;
  const kernel = panel?.sessionContext?.session?.kernel;
  const whole = panel?.context?.isReady && cells > 1 && cells === panel.context.model.cells.length;
  const idle = kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
  return Boolean(whole && panel.sessionContext.isReady && idle);
}
