package org.mtl4j.notebooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A JupyterLab on a free loopback port, with settings of its own and a folder for copies of notebooks. */
final class LabServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Path notebooks;
    private final Process process;
    private final int port;
    private final String token = UUID.randomUUID().toString();

    private LabServer(Path root, Path home) throws IOException {
        this.notebooks = Files.createDirectories(home.resolve("notebooks"));
        this.port = freePort();
        Path jupyter = root.resolve(".lab/venv/bin/jupyter");
        if (!Files.isExecutable(jupyter)) {
            throw new IllegalStateException("File '" + jupyter
                    + "' does not exist, so there is no JupyterLab to test.\nRun ./lab setup first.");
        }
        ProcessBuilder builder = new ProcessBuilder(List.of(
                jupyter.toString(),
                "lab",
                "--no-browser",
                "--allow-root",
                "--ServerApp.ip=127.0.0.1",
                "--ServerApp.port=" + port,
                "--ServerApp.port_retries=0",
                "--ServerApp.root_dir=" + notebooks,
                "--IdentityProvider.token=" + token));
        builder.environment()
                .putAll(Map.of(
                        "JUPYTER_CONFIG_DIR", home.resolve("config").toString(),
                        "JUPYTER_DATA_DIR", home.resolve("data").toString(),
                        "JUPYTER_RUNTIME_DIR", home.resolve("runtime").toString(),
                        "JUPYTERLAB_SETTINGS_DIR", home.resolve("settings").toString(),
                        "JUPYTERLAB_WORKSPACES_DIR", home.resolve("workspaces").toString(),
                        // Kernels inherit it: the repository's notebooks train less.
                        "MTL4J_QUICK", "1"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(home.resolve("jupyter.log").toFile());
        this.process = builder.start();
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param root the checkout, whose .lab holds JupyterLab
     * @param home a folder for the server's files
     * @param theme the name of JupyterLab's theme
     */
    static LabServer start(Path root, Path home, String theme) throws IOException, InterruptedException {
        setting(home, "apputils-extension", "notification", "{\"fetchNews\": \"false\", \"checkForUpdates\": false}");
        setting(home, "apputils-extension", "themes", "{\"theme\": \"" + theme + "\"}");
        // Every cell stays in the page, also those that are out of sight.
        setting(home, "notebook-extension", "tracker", "{\"windowingMode\": \"none\"}");
        LabServer server = new LabServer(root, home);
        server.awaitStart();
        return server;
    }

    private static void setting(Path home, String extension, String plugin, String json) throws IOException {
        Path folder = Files.createDirectories(home.resolve("settings/@jupyterlab/" + extension));
        Files.writeString(folder.resolve(plugin + ".jupyterlab-settings"), json);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart() throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api?token=" + token))
                .timeout(Duration.ofSeconds(5))
                .build();
        Instant limit = Instant.now().plus(START_LIMIT);
        while (process.isAlive() && Instant.now().isBefore(limit)) {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYetListening) {
                Thread.sleep(100);
            }
        }
        close();
        throw new IllegalStateException("JupyterLab did not answer within " + START_LIMIT.toSeconds() + " s; see "
                + notebooks.resolveSibling("jupyter.log"));
    }

    /** Copies a notebook into the server's folder and answers the address at which JupyterLab shows it. */
    String serve(Path notebook) throws IOException {
        Path copy = notebooks.resolve(notebook.getFileName().toString());
        Files.copy(notebook, copy, StandardCopyOption.REPLACE_EXISTING);
        return "http://127.0.0.1:" + port + "/lab/tree/" + copy.getFileName() + "?reset&token=" + token;
    }

    /** Stops the server and the kernels that it started. */
    @Override
    public void close() {
        List<ProcessHandle> kernels = process.descendants().toList();
        process.destroy();
        process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
        process.destroyForcibly();
        kernels.forEach(ProcessHandle::destroyForcibly);
    }
}
