package org.mtl4j.fitted;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import org.tribuo.protos.core.OutputDomainProto;

/** Reads a Tribuo value that was just made from its serialised form. */
final class Protos {

    /** Tribuo's {@code deserializeFromProto}. */
    interface Reader<V> {
        V read(int version, String className, Any data) throws InvalidProtocolBufferException;
    }

    private Protos() {}

    static <V> V domain(OutputDomainProto proto, Reader<V> reader) {
        try {
            return reader.read(proto.getVersion(), proto.getClassName(), proto.getSerializedData());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("Tribuo refuses the output domain that was made for it.", e);
        }
    }
}
