package org.mtl4j.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Engine API, mutable: the threads of one training, its own and further hands, which share its large products and loops. Whoever
 * is free takes the next piece, so that a hand that the system holds up delays one piece at most; where that happens often,
 * loops are not shared for a while ({@link Worth}).
 *
 * <p>A crew belongs to the thread that {@link #during} was called on and ends with that call. A thread without one does all
 * by itself: the trainings of a study run side by side, each on one thread. Pieces are such that the bits do not depend on
 * their number, so they do not depend on the threads either. Hands begin with the first loop that is shared, wait for the
 * next one awake for {@link #AWAKE_NANOS}, then asleep. Nothing is allocated after that.
 */
public final class Crew {

    /** Threads of a training at most, where nobody says how many. */
    public static final int MOST = 4;

    /** Numbers of a piece, at least, of a loop that reads and writes a few of them each: about ten microseconds. */
    public static final int STREAMED = 1 << 15;

    private static final String PROPERTY = "mtl4j.threads";
    private static final int LARGEST = 256;

    private static final long AWAKE_NANOS = 100_000;
    private static final int LOOKS_A_CLOCK = 32;
    private static final int LOOKS_AWAKE = 2_000;

    private static final ThreadLocal<@Nullable Crew> MINE = new ThreadLocal<>();

    private final int threads;
    private final List<Hand> hands = new ArrayList<>();
    private final Product product = new Product();
    private final Worth worth = new Worth();

    /** The loop at work: its number in the upper half, the next piece and the number of pieces in 16 bits each. */
    private final AtomicLong loop = new AtomicLong();

    private final AtomicInteger unfinished = new AtomicInteger();
    private @Nullable Piecework work;
    private boolean busy;
    private volatile boolean ended;
    private @Nullable Throwable failure;
    private int failed;

    private Crew(int threads) {
        this.threads = threads;
    }

    /**
     * The threads of a training where its recipe does not say: the number that {@code -Dmtl4j.threads} names, else the cores
     * of the machine, {@link #MOST} at most.
     *
     * @throws IllegalArgumentException if the property is no such number
     */
    public static int usual() {
        String named = System.getProperty(PROPERTY);
        if (named == null) {
            return Math.min(MOST, Runtime.getRuntime().availableProcessors());
        }
        return checked("-D" + PROPERTY + "=" + named, Integer.getInteger(PROPERTY, 0));
    }

    /** A number of threads that can be. @param said how it was given. @throws IllegalArgumentException if it is none */
    public static int checked(String said, int threads) {
        if (threads < 1 || threads > LARGEST) {
            throw new IllegalArgumentException(
                    "%s: a training has 1 to %d threads.%nGive 1 for one thread, or leave it out for the cores of the machine."
                            .formatted(said, LARGEST));
        }
        return threads;
    }

    /**
     * Does the work with a crew for its large products and loops, on this thread and hands that end with it.
     *
     * @param threads this one included; 1 for none but this
     */
    public static <T> T during(int threads, Supplier<T> work) {
        Crew before = MINE.get();
        Crew crew = threads == 1 ? null : new Crew(threads);
        MINE.set(crew);
        try {
            return work.get();
        } finally {
            MINE.set(before);
            if (crew != null) {
                crew.end();
            }
        }
    }

    /** Does a loop in pieces of {@code least} or more, on the crew of this thread where it has one. @param size of the loop */
    public static void share(Piecework work, int size, int least) {
        int pieces = pieces(size, least);
        Crew crew = pieces == 1 ? null : mine();
        if (crew == null) {
            work.piece(0, 1);
        } else {
            crew.run(work, pieces);
        }
    }

    /** The pieces that {@link #share} does a loop in. */
    static int pieces(int size, int least) {
        Crew crew = size < 2L * least ? null : mine();
        return crew == null ? 1 : Math.min(crew.threads, size / least);
    }

    /** The crew of this thread; null where it has none, or does a piece of a loop just now. */
    static @Nullable Crew mine() {
        Crew crew = MINE.get();
        return crew == null || crew.busy ? null : crew;
    }

    int threads() {
        return threads;
    }

    Product product() {
        return product;
    }

    /** Does all pieces and answers when they are done. @throws RuntimeException or Error of the first piece that failed */
    void run(Piecework given, int pieces) {
        if (!worth.shares()) {
            given.piece(0, 1);
            return;
        }
        if (hands.isEmpty()) {
            begin();
        }
        busy = true;
        work = given;
        unfinished.set(pieces);
        loop.set(((loop.get() >>> 32) + 1) << 32 | pieces);
        for (int h = 0; h < pieces - 1; h++) {
            hands.get(h).wake();
        }
        long start = System.nanoTime();
        int own = 0;
        while (next(loop.get()) < pieces) {
            own += takePiece();
        }
        long done = System.nanoTime();
        awaitOthers();
        worth.hear(pieces, own, done - start, System.nanoTime() - done);
        busy = false;
        if (failure != null) {
            fail();
        }
    }

    /** An interrupt is left for the training to see, between two steps. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint: where cores are scarce it lets the hand end its piece
    private void awaitOthers() {
        for (int looks = 0; unfinished.get() > 0; looks++) {
            if (looks < LOOKS_AWAKE) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private void begin() {
        for (int h = 1; h < threads; h++) {
            Hand hand = new Hand();
            hands.add(hand);
            hand.thread.start();
        }
    }

    private void end() {
        ended = true;
        hands.forEach(Hand::wake);
    }

    private void fail() {
        Throwable thrown = failure;
        failure = null;
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    private boolean isOpen() {
        long at = loop.get();
        return next(at) < pieces(at);
    }

    private static int next(long loop) {
        return (int) (loop >>> 16) & 0xffff;
    }

    private static int pieces(long loop) {
        return (int) loop & 0xffff;
    }

    /** Takes a piece of the loop at work, if no other takes it in between. Answers how many it took. */
    private int takePiece() {
        long at = loop.get();
        int piece = next(at);
        if (piece >= pieces(at) || !loop.compareAndSet(at, at + (1L << 16))) {
            return 0;
        }
        Piecework taken = work; // of this loop: the next one waits for the piece
        try {
            if (taken != null) {
                taken.piece(piece, pieces(at));
            }
        } catch (RuntimeException | Error e) {
            failed(piece, e);
        } finally {
            unfinished.decrementAndGet();
        }
        return 1;
    }

    private synchronized void failed(int piece, Throwable thrown) {
        if (failure == null || piece < failed) {
            failure = thrown;
            failed = piece;
        }
    }

    /** Mutable: a thread that takes pieces until the crew ends. */
    private final class Hand {
        private final Thread thread = new Thread(this::lend, "mtl4j-hand");
        private volatile boolean asleep;

        Hand() {
            thread.setDaemon(true);
        }

        void wake() {
            if (asleep) {
                LockSupport.unpark(thread);
            }
        }

        private void lend() {
            while (!ended) {
                if (takePiece() == 0 && !waitAwake()) {
                    sleep();
                }
            }
        }

        /** Answers whether there is a piece to take. */
        private boolean waitAwake() {
            long since = System.nanoTime();
            while (System.nanoTime() - since < AWAKE_NANOS) {
                for (int look = 0; look < LOOKS_A_CLOCK; look++) {
                    if (isOpen() || ended) {
                        return true;
                    }
                    Thread.onSpinWait();
                }
            }
            return false;
        }

        private void sleep() {
            asleep = true; // said before the last look, as the loop is opened before it is asked
            while (!isOpen() && !ended) {
                LockSupport.park(this);
                Thread.interrupted(); // nobody's message is for a hand, and an interrupted one would not sleep
            }
            asleep = false;
        }
    }
}
